package dev.interdict.server.publish;

import dev.interdict.json.JsonException;

/// From the list that is published to the next one.
@FunctionalInterface
interface Edit {
  BlocklistDraft apply(BlocklistDraft now) throws JsonException, UnfitException;

  /// What was asked for makes no sense with the list that is published.
  final class UnfitException extends Exception {
    private static final long serialVersionUID = 1;

    UnfitException(String message) {
      super(message);
    }
  }
}
