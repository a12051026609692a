-- What vim.lsp.enable('rells') starts, from Neovim 0.11 on. require('rells').setup() does
-- more: it works in older ones too, and has another server beside rells shown well.
return {
  cmd = { 'rells' },
  filetypes = { 'go', 'python' },
  root_markers = { 'go.work', 'go.mod', 'pyproject.toml', 'setup.cfg', 'setup.py', '.git' },
}
