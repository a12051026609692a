-- Starts Pyright for Python files, as users of each version of Neovim do.
local cmd = { 'node', os.getenv('PYRIGHT'), '--stdio' }
local root = os.getenv('WORKSPACE')

if vim.lsp.config and vim.lsp.enable then
  vim.lsp.config('pyright', { cmd = cmd, filetypes = { 'python' }, root_markers = { 'pyproject.toml' } })
  vim.lsp.enable('pyright')
  return
end

local id
vim.api.nvim_create_autocmd('FileType', {
  pattern = 'python',
  callback = function(event)
    id = id or vim.lsp.start_client {
      name = 'pyright', cmd = cmd,
      root_dir = root, workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
    }
    vim.lsp.buf_attach_client(event.buf, id)
  end,
})
