// Writes the sample data anew: `pnpm --filter @keyloom/example-online-shop data`. The same bytes each time.
import { writeFile } from 'node:fs/promises'
import { generateShopData } from './generate.js'
import { textsOf } from './shop-data.js'

for (const { file, text } of textsOf(generateShopData())) await writeFile(file, text)
