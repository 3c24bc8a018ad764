package dev.kiln.bootserver.http;

import dev.kiln.bootserver.event.Step;

/**
 * The steps of one sort of file.
 *
 * @param whole it was sent to its end
 * @param size only its size was asked for
 * @param aborted it was not sent to its end
 */
record FileSteps(Step whole, Step size, Step aborted) {
  static final FileSteps LOADER = new FileSteps(Step.LOADER, Step.LOADER_SIZE, Step.LOADER_ABORTED);
  static final FileSteps IMAGE_FILE =
      new FileSteps(Step.IMAGE_FILE, Step.IMAGE_FILE_SIZE, Step.IMAGE_FILE_ABORTED);
}
