package dev.interdict.agent.wording;

import dev.interdict.policy.Language;

/// How many columns the parts of a notice may take, so that no desktop cuts them.
record Budget(int title, int body, int label) {

  /// 48 Latin letters or 24 Hanzi for a title, 150 or 70 for a body.
  static Budget of(Language language) {
    return switch (language) {
      case EN -> new Budget(48, 150, 30);
      case ZH_CN -> new Budget(48, 140, 30);
    };
  }
}
