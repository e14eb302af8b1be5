-- Run by .ci/editors inside Neovim, with a briefing open: asks as a person's keys would, and fails at the
-- first thing that is not shown.
local function fail(message)
  io.stderr:write('FAILED: ' .. message .. '\n')
  vim.cmd('cquit 1')
end

local function wait(what, condition)
  if not vim.wait(30000, condition, 100) then fail('no ' .. what) end
end

local function clients()
  local get = vim.lsp.get_clients or vim.lsp.buf_get_clients
  return vim.lsp.get_clients and get({ bufnr = 0 }) or get(0)
end

local function ask(method, line, character, more)
  local params = vim.tbl_extend('force', {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    position = { line = line, character = character },
  }, more or {})
  local answers, problem = vim.lsp.buf_request_sync(0, method, params, 20000)
  if not answers then return fail(method .. ': ' .. tostring(problem)) end
  for id, answer in pairs(answers) do
    if answer.error then fail(method .. ': ' .. answer.error.message) end
    if answer.result then return answer.result, id end
  end
  fail(method .. ': no answer')
end

wait('language server', function() return next(clients()) ~= nil end)
wait('diagnostics', function() return #vim.diagnostic.get(0) > 0 end)
local found = {}
for _, problem in ipairs(vim.diagnostic.get(0)) do
  print(string.format('line %d: %s', problem.lnum + 1, problem.message))
  found[problem.lnum + 1] = problem.message
end
if not (found[4] or ''):find('summry') then fail('the unknown key is not shown on line 4') end

-- Mended in the editor, not saved: the problem goes.
vim.api.nvim_buf_set_lines(0, 3, 4, false, { 'summary: Two ports close.' })
wait('mending', function()
  for _, problem in ipairs(vim.diagnostic.get(0)) do
    if problem.lnum == 3 then return false end
  end
  return true
end)
print('mended')

local items = ask('textDocument/completion', 6, 32)
items = items.items or items
local labels = {}
for _, item in ipairs(items) do table.insert(labels, item.label) end
print('completion: ' .. table.concat(labels, ', '))
if not table.concat(labels, ' '):find('Port Agency') then fail('the entity is not completed') end

vim.api.nvim_buf_set_lines(0, 6, 7, false, { 'The Port Agency met. See [[port-agency]].' })
local hover = ask('textDocument/hover', 6, 6)
local text = type(hover.contents) == 'table' and hover.contents.value or hover.contents
print('hover: ' .. text:gsub('\n', ' '))
if not text:find('It runs the port') then fail('hover does not say what it is') end

local place = ask('textDocument/definition', 6, 6)
place = vim.islist and vim.islist(place) and place[1] or place[1] or place
local uri = place.uri or place.targetUri
print('definition: ' .. vim.fn.fnamemodify(vim.uri_to_fname(uri), ':t'))
if not uri:find('port%-agency.md') then fail('definition leads elsewhere') end

vim.cmd('silent write')
local edit, id = ask('textDocument/rename', 6, 6, { newName = 'harbour-agency' })
local client = vim.lsp.get_client_by_id(id)
vim.lsp.util.apply_workspace_edit(edit, client and client.offset_encoding or 'utf-16')
vim.cmd('silent wall')
local line = vim.api.nvim_buf_get_lines(0, 6, 7, false)[1]
print('renamed: ' .. line)
if not line:find('%[%[harbour%-agency%]%]') then fail('the text has the old id') end
vim.cmd('quitall!')
