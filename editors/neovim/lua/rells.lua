-- rells for Neovim 0.7 and later.
--
--   require('rells').setup()
--   require('rells').setup { cmd = { '/path/to/rells', '--log-file', vim.fn.expand('~/rells.log') } }
--
-- It runs beside the server of the language, gopls or one for Python: rells answers inside
-- struct tags and texts that name something of a relation, the other everywhere else.
local M = {}

local filetypes = { 'go', 'python' }
local markers = { 'go.work', 'go.mod', 'pyproject.toml', 'setup.cfg', 'setup.py', '.git' }

-- root is the workspace of a file: the folder of the nearest marker, nil for none. What
-- rells reads then it finds by itself.
local function root(file)
  local upwards = vim.fn.escape(vim.fn.fnamemodify(file, ':p:h'), ' ,;') .. ';'
  for _, marker in ipairs(markers) do
    local found = vim.fn.findfile(marker, upwards)
    if found ~= '' then
      return vim.fn.fnamemodify(found, ':p:h')
    end
    found = vim.fn.finddir(marker, upwards)
    if found ~= '' then
      return vim.fn.fnamemodify(found, ':p:h:h')
    end
  end
end

-- attach starts a client for the buffer's workspace, or uses the one that is there.
local clients = {}
local function attach(buffer, config)
  local dir = root(vim.api.nvim_buf_get_name(buffer))
  local key = dir or ''
  if not clients[key] then
    clients[key] = vim.lsp.start_client(vim.tbl_extend('force', config, {
      root_dir = dir,
      workspace_folders = dir and { { uri = vim.uri_from_fname(dir), name = dir } },
      on_exit = function() clients[key] = nil end,
    }))
  end
  if clients[key] then
    vim.lsp.buf_attach_client(buffer, clients[key])
  end
end

-- setup starts rells for files of Go and Python, those that are open already included. Options
-- are those of vim.lsp.start_client.
function M.setup(options)
  local config = vim.tbl_extend('force', { name = 'rells', cmd = { 'rells' } }, options or {})
  config.handlers = vim.tbl_extend('force', require('rells.beside').handlers, config.handlers or {})
  if vim.lsp.config and vim.lsp.enable then
    config.filetypes = filetypes
    config.root_markers = markers
    vim.lsp.config('rells', config)
    vim.lsp.enable('rells')
    return
  end
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('rells', {}),
    pattern = filetypes,
    callback = function(event) attach(event.buf, config) end,
  })
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.tbl_contains(filetypes, vim.bo[buffer].filetype) then
      attach(buffer, config)
    end
  end
end

return M
