// Writes data/names/lexicon.tsv from the npm package compromise (MIT).
// usage: npm install compromise && node names.mjs > ../names/lexicon.tsv
import nlp from 'compromise'

const lists = {
  given: ['MaleName', 'FemaleName', 'FirstName'],
  surname: ['LastName'],
  person: ['Person'],
  organisation: ['Organization', 'SportsTeam'],
  place: ['City', 'Country', 'Region', 'Region+ProperNoun', 'Place', 'Place+ProperNoun'],
}
const lexicon = nlp.model().one.lexicon
for (const [list, tags] of Object.entries(lists)) {
  const names = Object.keys(lexicon).filter((name) => tags.includes([lexicon[name]].flat().join('+')))
  for (const name of names.sort()) console.log(`${list}\t${name}`)
}
