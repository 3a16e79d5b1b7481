-- Reads many texts in one process: {"dialect": ..., "texts": [...]} becomes one Div per text.
function Reader(input)
  local job = pandoc.json.decode(tostring(input), false)
  local out = {}
  for i, text in ipairs(job.texts) do
    out[i] = pandoc.Div(pandoc.read(text, job.dialect).blocks)
  end
  return pandoc.Pandoc(out)
end
