-- Handlers that show what rells answers together with what the language's own server
-- does. By itself Neovim shows each answer when it comes, up to 0.10 for all of these
-- methods and later for symbols: the second list takes the place of the first, and the
-- second hover puts the cursor into the window of the first.
local M = {}

local api = vim.api

-- How long the other servers may take, and how often they are looked at, in ms.
local patience, pause = 5000, 20

-- others are the other servers of the buffer.
local function others(ctx)
  local clients = vim.lsp.get_clients and vim.lsp.get_clients({ bufnr = ctx.bufnr })
    or vim.lsp.buf_get_clients(ctx.bufnr)
  return vim.tbl_filter(function(client) return client.id ~= ctx.client_id end, vim.tbl_values(clients))
end

-- asked reports whether one of them has not answered the same request yet.
local function asked(ctx)
  for _, client in ipairs(others(ctx)) do
    for _, request in pairs(client.requests) do
      if request.type == 'pending' and request.method == ctx.method and request.bufnr == ctx.bufnr then
        return true
      end
    end
  end
  return false
end

-- later calls show once the others have answered.
local function later(ctx, show, waited)
  waited = waited or 0
  if waited < patience and asked(ctx) then
    vim.defer_fn(function() later(ctx, show, waited + pause) end, pause)
  else
    vim.schedule(show)
  end
end

-- hovering is the window in which another server has answered about the buffer.
local function hovering(ctx)
  local ok, window = pcall(api.nvim_buf_get_var, ctx.bufnr, 'lsp_floating_preview')
  if ok and api.nvim_win_is_valid(window) and pcall(api.nvim_win_get_var, window, ctx.method) then
    return window
  end
end

-- append adds lines to a floating window, which grows as far as there is room.
local function append(window, lines)
  local buffer = api.nvim_win_get_buf(window)
  local width = api.nvim_win_get_width(window)
  for _, line in ipairs(lines) do
    width = math.max(width, math.min(vim.fn.strdisplaywidth(line), vim.o.columns - 4))
  end
  local height = api.nvim_win_get_height(window) + #lines + 1
  api.nvim_buf_set_option(buffer, 'modifiable', true)
  api.nvim_buf_set_lines(buffer, -1, -1, false, { string.rep('─', width) })
  api.nvim_buf_set_lines(buffer, -1, -1, false, lines)
  api.nvim_buf_set_option(buffer, 'modifiable', false)
  api.nvim_win_set_width(window, width)
  api.nvim_win_set_height(window, math.min(height, math.max(1, vim.o.lines - 4)))
end

local function hover(err, result, ctx, config)
  if not (result and result.contents) then
    if #others(ctx) == 0 then
      vim.lsp.handlers[ctx.method](err, result, ctx, config)
    end
    return
  end
  later(ctx, function()
    local window = hovering(ctx)
    if not window then
      vim.lsp.handlers[ctx.method](err, result, ctx, config)
    elseif window ~= api.nvim_get_current_win() then -- where a second request leads
      append(window, vim.lsp.util.convert_input_to_markdown_lines(result.contents))
    end
  end)
end

-- listing makes a handler that adds to the list in which another server has answered
-- the same question.
local function listing(items)
  return function(err, result, ctx, config)
    if (not result or vim.tbl_isempty(result)) and #others(ctx) > 0 then
      return
    end
    later(ctx, function()
      local get, set = vim.fn.getqflist, vim.fn.setqflist
      if config and config.loclist then
        get = function(what) return vim.fn.getloclist(0, what) end
        set = function(...) return vim.fn.setloclist(0, ...) end
      end
      local before = get({ context = 1 }).context
      local same = type(before) == 'table' and before.method == ctx.method
        and vim.deep_equal(before.params, ctx.params)
      if not same or before.client_id == ctx.client_id or (config and config.on_list) then
        vim.lsp.handlers[ctx.method](err, result, ctx, config)
        return
      end
      local encoding = vim.lsp.get_client_by_id(ctx.client_id).offset_encoding
      set({}, 'a', { items = items(result, ctx.bufnr, encoding) })
    end)
  end
end

local symbols = listing(function(result, buffer, encoding)
  return vim.lsp.util.symbols_to_items(result, buffer, encoding)
end)

M.handlers = {
  ['textDocument/hover'] = hover,
  ['textDocument/references'] = listing(function(result, _, encoding)
    return vim.lsp.util.locations_to_items(result, encoding)
  end),
  ['textDocument/documentSymbol'] = symbols,
  ['workspace/symbol'] = symbols,
}

return M
