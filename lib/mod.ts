// The library as a notebook sees it: everything that `import … from "dials"` can name, in the order
// in which a text becomes a model and a model writes text.

import { useBackend } from "./tensor/backend.ts";

// Numbers need a place to be computed before the first tensor is made; asking again chooses another.
await useBackend();

export { type BackendReport, useBackend } from "./tensor/backend.ts";
export { Random } from "./random.ts";
export { ConfigError, CorpusError, FormatError, HubError, ShapeError } from "./errors.ts";

// Text
export type { Corpus } from "./corpus/corpus.ts";
export { loadCorpus, type LoadCorpusOptions } from "./corpus/load_corpus.ts";
export { tokenizeCorpus } from "./corpus/tokenize.ts";
export { TokenizedCorpus } from "./corpus/tokenized_corpus.ts";
export { type Batch, sampleBatch, windows } from "./corpus/batches.ts";

// Tokens
export { BpeTokenizer } from "./tokenizer/bpe.ts";
export type {
  BpeTrainFromOptions,
  BpeTrainingOptions,
  BpeTrainingProgress,
} from "./tokenizer/bpe_learn.ts";
export { CharTokenizer } from "./tokenizer/characters.ts";
export { type Tokenizer, tokenizerFromJson } from "./tokenizer/tokenizer.ts";
export {
  CHAT_TOKENS,
  chatEnd,
  type ChatMessage,
  type ChatRole,
  renderChat,
  type RenderChatOptions,
  type RenderedChat,
  renderPrompt,
} from "./tokenizer/chat.ts";
export { encodeAll, type EncodeAllOptions } from "./tokenizer/encode_all.ts";
export { encodeStream, type EncodeStreamOptions } from "./tokenizer/encode_stream.ts";
export type { HuggingFaceTokenizerJson } from "./tokenizer/hugging_face_write.ts";
export type { TiktokenOptions } from "./tokenizer/tiktoken.ts";
export type { EncodingWithOffsets } from "./tokenizer/offsets.ts";
export { showTokens } from "./tokenizer/tokens_view.ts";

// The model
export type { ModelConfig, ModelOptions } from "./model/config.ts";
export { Transformer } from "./model/transformer.ts";
export { loadModel, saveModel } from "./formats/model_file.ts";
export { type HuggingFaceModel, readHuggingFace } from "./formats/hugging_face/read.ts";
export { fromHub } from "./formats/hub/from_hub.ts";
export type { DownloadOptions, DownloadProgress } from "./formats/hub/download.ts";
export { writeHuggingFace, type WriteHuggingFaceOptions } from "./formats/hugging_face/write.ts";
export { exportTwoFiles, TwoFiles, type TwoFilesOptions } from "./formats/two_files/export.ts";
export { exportPage, type ExportPageOptions } from "./formats/page/export.ts";
export { exportGguf, type ExportGgufOptions } from "./formats/gguf/export.ts";
export { exportLlama2c } from "./formats/llama2c.ts";

// Training
export { estimateRun, train } from "./train/train.ts";
export { type Recipe, recipe, type RecipeOptions } from "./train/recipe.ts";
export type { RunEstimate } from "./train/estimate.ts";
export { TrainingError } from "./train/guards.ts";
export { type KeptRun, readRun } from "./train/run_folder.ts";
export type { TrainingOptions } from "./train/options.ts";
export type { TrainingPoint } from "./train/point.ts";
export { TrainingResult, TrainingRun } from "./train/run.ts";
export type { TrainingData } from "./train/training_data.ts";
export { bitsPerByte, evaluateLoss } from "./evaluate/loss.ts";

// What a model knows, and how that is told
export {
  compareCompressors,
  type CompressedSize,
  type CompressionComparison,
} from "./evaluate/compression/compare.ts";
export {
  type CompressionOptions,
  compressText,
  decompressText,
} from "./evaluate/compression/compress.ts";
export { type Share, shareInterval } from "./evaluate/interval.ts";
export { type Assistant, judge, type Judged, type JudgeOptions } from "./evaluate/judge.ts";
export type { Question } from "./evaluate/question.ts";
export {
  evaluateAssistants,
  type EvaluationOptions,
  EvaluationReport,
  type SetResult,
} from "./evaluate/report.ts";
export { fitScalingLaw, type ScalingLaw, type ScalingPoint } from "./evaluate/scaling_law.ts";

// Fine-tuning
export {
  instructions,
  isRefusal,
  type Part,
  type QuestionSet,
  reasoning,
  type RequestQuestion,
  requests,
  type SetOptions,
  town,
  type TownOptions,
  type TownSplit,
  twoTurns,
} from "../data/questions/mod.ts";
export { ChatData, conversation } from "./tune/chat_data.ts";
export { MixedData, type MixedPart } from "./tune/mixed_data.ts";
export { loadAdapter, type LoraOptions, saveAdapter, withLora } from "./tune/lora.ts";
export { mergeLora } from "./model/merge_lora.ts";
export type { Preference, PreferencePoint } from "./tune/preferences.ts";
export { type DirectPreferenceOptions, preferDirectly } from "./tune/dpo.ts";
export { RewardModel, type RewardTrainingOptions } from "./tune/reward_model.ts";
export { learnedReward } from "./tune/learned_reward.ts";
export { bestOf, type BestOfOptions, type RewardedAnswer } from "./tune/best_of.ts";
export { pairAnswers, type PairAnswersOptions } from "./tune/pair_answers.ts";
export type { Reward } from "./tune/reward.ts";
export { reinforce, type ReinforcementOptions, type ReinforcementPoint } from "./tune/reinforce.ts";
export type { ReplayOptions } from "./tune/replay.ts";

// Writing
export {
  generate,
  type GeneratedToken,
  type GenerateOptions,
  generateText,
  generateTexts,
  generateTokens,
} from "./generate/generate.ts";
export { nextTokenDistribution, sampleToken } from "./generate/sampling.ts";
export { reply, type ReplyOptions, replyText, replyTexts } from "./generate/reply.ts";
export { stream } from "./generate/stream.ts";

// Pictures
export { attentionMap, type AttentionMapOptions } from "./plot/attention.ts";
export { embeddingMap, type EmbeddingMapOptions } from "./plot/embeddings.ts";
export { countParameters, parameterChart } from "./plot/parameters.ts";
export { showSurprise, type ShowSurpriseOptions } from "./plot/surprise.ts";
export { barChart, tokenFrequencies } from "./plot/bars.ts";
export { compareRuns } from "./plot/compare_runs.ts";
export { Figure } from "./plot/figure.ts";
export { heatmap } from "./plot/heatmap.ts";
export { lineChart } from "./plot/lines.ts";
export { lossChart } from "./plot/loss_chart.ts";
export { reinforcementChart } from "./plot/reinforcement_chart.ts";
export { compareStages } from "./plot/stages.ts";
export { scalingChart } from "./plot/scaling.ts";
export { nextTokenProbabilities } from "./plot/next_token.ts";
export { formatCount, formatDuration, formatLoss, formatNumber } from "./plot/numbers.ts";
export { compareTokenizers } from "./plot/tokenizer_compare.ts";
export { compressionChart } from "./plot/tokenizer_compression.ts";
export { showMerges } from "./plot/tokenizer_merges.ts";
export { watch, watchReinforcement } from "./plot/watch.ts";
