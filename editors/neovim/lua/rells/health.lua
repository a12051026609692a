-- :checkhealth rells
local M = {}

-- report is how this Neovim reports: the names have changed with 0.10.
local function report()
  local health = vim.health or require('health')
  return {
    start = health.start or health.report_start,
    ok = health.ok or health.report_ok,
    warn = health.warn or health.report_warn,
    error = health.error or health.report_error,
  }
end

-- program is the command that starts rells.
local function program()
  local client = require('rells.client').find(vim.api.nvim_get_current_buf())
  local cmd = client and client.config.cmd
  return type(cmd) == 'table' and cmd[1] or 'rells'
end

function M.check()
  local to = report()
  to.start('rells')
  if vim.fn.has('nvim-0.7') == 0 then
    to.error('Neovim 0.7 or newer is needed')
    return
  end
  local path = program()
  if vim.fn.executable(path) == 0 then
    to.error(path .. ' is not a program that can be run', {
      'go install github.com/rells-dev/rells/cmd/rells@latest',
      'or name it: require("rells").setup { cmd = { "/path/to/rells" } }',
    })
    return
  end
  to.ok(vim.trim(vim.fn.system({ path, 'version' })) .. ' at ' .. vim.fn.exepath(path))
  if require('rells.client').find(vim.api.nvim_get_current_buf()) then
    to.ok('the server runs')
  else
    to.warn('the server does not run: open a Go file; require("rells").setup() starts it then')
  end
end

return M
