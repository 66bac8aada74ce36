package dev.interdict.policy;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;

/// A text in every language an employee may read; none is ever empty.
public record Localized(String en, String zhCn) {

  /// The text in `language`.
  public String in(Language language) {
    return switch (language) {
      case EN -> en;
      case ZH_CN -> zhCn;
    };
  }

  static Localized read(Fields fields) {
    var text = new Localized(fields.text(Language.EN.tag()), fields.text(Language.ZH_CN.tag()));
    fields.end();
    return text;
  }

  Json.Obj json() {
    return Json.object().put(Language.EN.tag(), en).put(Language.ZH_CN.tag(), zhCn).build();
  }
}
