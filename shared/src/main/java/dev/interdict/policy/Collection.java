package dev.interdict.policy;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// The most that devices may tell about themselves: the ceiling that the signers of the blocklist
/// set, so that no server can raise it alone. Member `collection` of the signed list; a list that
/// has none means [#DEFAULT].
///
/// @param hostName whether a report names the computer as its operating system does
/// @param decidedBy who agreed on it, such as a works agreement; null where the list does not say
/// @param text what employees are told about it; null where the list does not say
public record Collection(
    Level level, boolean hostName, @Nullable String decidedBy, @Nullable Localized text) {

  /// How much of a finding leaves the device; each level allows all of the one before.
  public enum Level {
    /// Where each rule stands, with its dates, and what people answered. No finding, action or
    /// notice, and nothing that stands for a person.
    STATES,
    /// Findings too, of whose place only the words that anybody's computer has are told.
    MATCHES,
    /// The whole place, in which the home is `~`.
    PLACES
  }

  /// What holds where the signers said nothing.
  public static final Collection DEFAULT = new Collection(Level.MATCHES, true, null, null);

  /// What holds where what they said is not understood: nobody tells more than was allowed.
  public static final Collection LEAST = new Collection(Level.STATES, false, null, null);

  /// The ceiling that a verified list states, or [#LEAST] if it is not wholly understood.
  static Collection read(Json json) {
    var faults = new ArrayList<Fault>();
    var read = read(json, faults);
    return faults.isEmpty() ? read : LEAST;
  }

  /// The ceiling as an author wrote it, what is wrong with it going to `faults`; of no use while
  /// there are any.
  public static Collection read(Json json, java.util.List<Fault> faults) {
    var fields = Fields.of(json, faults);
    var level = fields.choice("level", Level.class);
    if (!fields.has("host-name")) {
      fields.fault("host-name", "is missing; say true or false");
    }
    var hostName = fields.flag("host-name", false);
    var decidedBy = fields.optionalText("decided-by");
    if (decidedBy != null && decidedBy.length() > 200) {
      fields.fault("decided-by", "has more than 200 characters");
    }
    var written = fields.optionalObject("text");
    var text = written == null ? null : Localized.read(written);
    if (text != null && Math.max(text.en().length(), text.zhCn().length()) > 2000) {
      fields.fault("text", "has more than 2000 characters");
    }
    fields.end();
    return new Collection(level, hostName, decidedBy, text);
  }

  /// As the list writes it.
  public Json.Obj json() {
    return Json.object()
        .put("level", Fields.written(level))
        .put("host-name", hostName)
        .put("decided-by", decidedBy)
        .put("text", text == null ? null : text.json())
        .build();
  }
}
