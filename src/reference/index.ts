export { type AnnotationReference, annotationReference } from './annotations.ts';
export { explain } from './explain.ts';
export { annotationJson, annotationMarkdown, annotationTable } from './render-annotations.ts';
export { explanationText } from './render-explanation.ts';
