// Takes the types away, and leaves modules as they are.
import ts from 'typescript'

const compilerOptions = { target: 'ES2022', module: 'ESNext', verbatimModuleSyntax: true, inlineSourceMap: true }

export default {
  process: (text, fileName) => ({ code: ts.transpileModule(text, { fileName, compilerOptions }).outputText }),
}
