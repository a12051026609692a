-- What the editor shows, as text that a test can compare, and how it chooses.
shown = {}

local api = vim.api

-- A choice is that of the title which a test has wished for, else the first.
function vim.ui.select(items, _, choose)
  for n, item in ipairs(items) do
    local action = item.action or item[2] or item -- by the age of Neovim
    if action.title == vim.g.wanted then
      choose(item, n)
      return
    end
  end
  choose(vim.g.wanted == nil and items[1] or nil, 1)
end

local function place(buffer, line, column)
  local name = vim.fn.fnamemodify(api.nvim_buf_get_name(buffer), ':t')
  return string.format('%s:%d:%d', name, line, column)
end

local function sorted(items, separator)
  table.sort(items)
  return table.concat(items, separator or '\n')
end

-- clients are the servers that the buffer is attached to, and how they count.
function shown.clients()
  local names = {}
  for _, client in pairs(vim.lsp.get_clients and vim.lsp.get_clients({ bufnr = 0 }) or vim.lsp.buf_get_clients(0)) do
    if client.initialized then
      names[#names + 1] = client.name .. ' ' .. client.offset_encoding
    end
  end
  return sorted(names)
end

local function code(d) return d.code or d.user_data.lsp.code end

-- codes are those of the diagnostics in all buffers.
function shown.codes()
  return sorted(vim.tbl_map(code, vim.diagnostic.get()), ' ')
end

-- problems are the diagnostics in all buffers, from all servers.
function shown.problems()
  return sorted(vim.tbl_map(function(d)
    return string.format('%s %s %s', place(d.bufnr, d.lnum + 1, d.col + 1), d.source, code(d))
  end, vim.diagnostic.get()))
end

-- cursor is where it is, and how many jumps have led there.
function shown.cursor()
  local at = api.nvim_win_get_cursor(0)
  return string.format('%s after %d', place(0, at[1], at[2] + 1), #vim.fn.gettagstack().items)
end

-- floats are the texts of the floating windows that the cursor is not in.
function shown.floats()
  local texts = {}
  for _, window in ipairs(api.nvim_list_wins()) do
    if api.nvim_win_get_config(window).relative ~= '' and window ~= api.nvim_get_current_win() then
      local lines = api.nvim_buf_get_lines(api.nvim_win_get_buf(window), 0, -1, false)
      texts[#texts + 1] = table.concat(vim.tbl_filter(function(line) return line:match('%w') end, lines), '\n')
    end
  end
  return table.concat(texts, '\n\n')
end

local function listed(list)
  return sorted(vim.tbl_map(function(item)
    return place(item.bufnr, item.lnum, item.col) .. ' ' .. vim.trim(item.text)
  end, list))
end

-- list is the list of places that the window with the cursor holds.
function shown.list()
  local window = vim.fn.getwininfo(api.nvim_get_current_win())[1]
  if window.quickfix == 0 then
    return ''
  end
  return listed(window.loclist == 1 and vim.fn.getloclist(0) or vim.fn.getqflist())
end

-- menu are the words of the completion menu.
function shown.menu()
  return sorted(vim.tbl_map(function(item) return item.word end, vim.fn.complete_info({ 'items' }).items), ' ')
end

-- highlights are the places that are highlighted as references.
function shown.highlights()
  local items = {}
  for _, namespace in pairs(api.nvim_get_namespaces()) do
    for _, mark in ipairs(api.nvim_buf_get_extmarks(0, namespace, 0, -1, { details = true })) do
      if (mark[4].hl_group or ''):match('^LspReference%a+$') then
        items[#items + 1] = string.format('%d:%d', mark[2] + 1, mark[3] + 1)
      end
    end
  end
  return sorted(items, ' ')
end

-- lenses are the lines of the code lenses of the buffer. What they say may be open until
-- they are drawn, which Neovim 0.12 does only with those of the first server to answer.
function shown.lenses()
  local buffer = api.nvim_get_current_buf()
  local lenses = vim.lsp.codelens.get(vim.fn.has('nvim-0.12') == 1 and { bufnr = buffer } or buffer)
  return sorted(vim.tbl_map(function(item)
    local lens = item.lens or item
    return tostring(lens.range.start.line + 1)
  end, lenses), ' ')
end

-- hints are the inlay hints of the buffer.
function shown.hints()
  return sorted(vim.tbl_map(function(item)
    local hint, label = item.inlay_hint, item.inlay_hint.label
    if type(label) == 'table' then
      label = table.concat(vim.tbl_map(function(part) return part.value end, label))
    end
    return string.format('%d %s', hint.position.line + 1, label)
  end, vim.lsp.inlay_hint.get({ bufnr = 0 })))
end
