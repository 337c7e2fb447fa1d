// The codecs for definitions that are made with zod/mini.
export { codec } from './schema/mini-codecs.js'
