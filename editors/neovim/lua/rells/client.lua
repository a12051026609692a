-- The server of a buffer, in every Neovim since 0.7.
local M = {}

-- find returns the client that speaks to rells for a buffer; where that has none, one that
-- does for another.
function M.find(buffer)
  local all = vim.lsp.get_clients and vim.lsp.get_clients() or vim.lsp.get_active_clients()
  local found
  for _, client in pairs(all) do
    if client.name == 'rells' then
      if vim.lsp.buf_is_attached(buffer, client.id) then
        return client
      end
      found = found or client
    end
  end
  return found
end

-- request asks the server of the current buffer, and calls back with its answer. That there
-- is no server, or that it refuses, is told.
function M.request(method, params, answered)
  local buffer = vim.api.nvim_get_current_buf()
  local client = M.find(buffer)
  if not client then
    vim.notify('rells does not run: open a file of Go or Python first', vim.log.levels.ERROR)
    return
  end
  local function handle(err, result)
    if err then
      vim.notify('rells: ' .. (err.message or vim.inspect(err)), vim.log.levels.ERROR)
    else
      answered(result)
    end
  end
  if vim.fn.has('nvim-0.11') == 1 then
    client:request(method, params, handle, buffer)
  else
    client.request(method, params, handle, buffer)
  end
end

return M
