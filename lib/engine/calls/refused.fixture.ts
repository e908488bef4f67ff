/** What is refused, with the reason and the remedy in the message: each other call has to be right. */
export const REFUSED = {
  /** Names of operations, and the backend on which they are refused. */
  value: [/^(complex|fft|ifft|rfft|irfft|real|imag|signal\.stft) on wasm$/],
  /** Operations without a gradient. */
  gradient: [
    /^(bincount|denseBincount|complex|fft|ifft|rfft|irfft|real|imag|signal\.stft|unique)$/,
    /^(image\.(cropAndResize|rotateWithOffset|transform|nonMaxSuppression\w*)|maxPoolWithArgmax)$/,
    /^(raggedGather|raggedTensorToTensor|sparseToDense|sparse\.sparse\w+)$/,
  ],
  /** Operations without a second derivative. */
  second: [/^(dilation2d|localResponseNormalization|maxPool|maxPool3d|pool) twice$/],
} as const;
