-- The diagram, in the browser.
local M = {}

local request = require('rells.client').request

-- open shows a file in what the system opens it with. It may be replaced.
function M.open(path)
  if vim.ui.open then
    vim.ui.open(path)
    return
  end
  local opener = 'xdg-open'
  if vim.fn.has('mac') == 1 then
    opener = 'open'
  elseif vim.fn.has('win32') == 1 then
    opener = 'explorer.exe'
  end
  if vim.fn.executable(opener) == 0 then
    vim.notify('the diagram is in ' .. path)
    return
  end
  vim.fn.jobstart({ opener, path }, { detach = true })
end

-- show draws the models, with options.focus only that one and what is options.depth
-- relations away.
function M.show(options)
  local params = { format = 'html', focus = options.focus, depth = options.depth }
  request('rells/graph', params, function(result)
    local path = vim.fn.tempname() .. '.html'
    vim.fn.writefile(vim.split(result.text, '\n'), path)
    M.open(path)
  end)
end

-- summary says what there is.
function M.summary()
  request('rells/summary', vim.empty_dict(), function(s)
    vim.notify(string.format('rells: %d models, %d relations, %d errors, %d warnings, %d hints',
      s.models, s.relations, s.errors, s.warnings, s.hints))
  end)
end

return M
