-- Starts gopls for Go files, as users of each version of Neovim do.
local cmd = { os.getenv('GOPLS') }
local settings = { gopls = { hints = { assignVariableTypes = true } } }

if vim.lsp.config and vim.lsp.enable then
  vim.lsp.config('gopls', { cmd = cmd, filetypes = { 'go' }, root_markers = { 'go.mod' }, settings = settings })
  vim.lsp.enable('gopls')
  return
end

local id
vim.api.nvim_create_autocmd('FileType', {
  pattern = 'go',
  callback = function(event)
    local root = os.getenv('WORKSPACE')
    id = id or vim.lsp.start_client {
      name = 'gopls', cmd = cmd, settings = settings,
      root_dir = root, workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
    }
    vim.lsp.buf_attach_client(event.buf, id)
  end,
})
