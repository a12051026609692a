-- The commands of rells. They ask the server of the buffer, so that it has to run.
if vim.g.loaded_rells then
  return
end
vim.g.loaded_rells = true

local command = vim.api.nvim_create_user_command or vim.api.nvim_add_user_command

command('RellsGraph', function(options)
  local focus, depth = unpack(vim.split(options.args, '%s+', { trimempty = true }))
  require('rells.graph').show { focus = focus, depth = focus and (tonumber(depth) or 1) }
end, {
  nargs = '*',
  desc = 'Draw the models, or those near one, and show them in the browser',
})

command('RellsSummary', function()
  require('rells.graph').summary()
end, { desc = 'Count models, relations and problems' })
