package dev.interdict.server.web.pages;

import dev.interdict.server.web.Row;
import java.time.Instant;
import java.util.Locale;

/// What comes next for a draft, as the server decides on it: the same conditions in the same order,
/// so that a page offers no step that would be refused.
public enum DraftNext {
  /// Lint finds errors.
  MEND,
  /// Nobody knows whom it would hit, since no workstation has looked.
  OBSERVE,
  /// There is no preview of this text that counts.
  PREVIEW,
  /// Too few workstations have looked: wait, or answer for it.
  FEW,
  /// Somebody else is to be asked.
  SUBMIT,
  /// Somebody else decides.
  REVIEW,
  /// It was agreed to, and may be published.
  PUBLISH,
  /// It makes agents do no more, so one person publishes it.
  PUBLISH_ALONE,
  /// The agreement ended.
  LAPSED,
  PUBLISHED,
  DISCARDED;

  /// @param draft as the API tells it
  /// @param stale its preview in the list of these, which says why it counts no more
  static DraftNext of(Row draft, Row stale, Instant now) {
    var state = draft.text("state");
    var preview = draft.row("preview");
    if (state.equals("published")) {
      return PUBLISHED;
    }
    if (state.equals("discarded")) {
      return DISCARDED;
    }
    if (errors(draft) > 0) {
      return MEND;
    }
    if (draft.flag("safe")) {
      return PUBLISH_ALONE;
    }
    if (state.equals("in-review")) {
      return REVIEW;
    }
    if (state.equals("approved")) {
      var until = draft.instant("approved-until");
      return until != null && now.isBefore(until) && !stale.has("counts-no-more")
          ? PUBLISH
          : LAPSED;
    }
    if (!preview.has("preview") || stale.has("counts-no-more")) {
      return PREVIEW;
    }
    var impact = preview.row("impact");
    if (impact.number("enrolled") > 0 && impact.number("looked") == 0) {
      return OBSERVE;
    }
    return preview.has("too-few") ? FEW : SUBMIT;
  }

  /// How many errors lint found.
  public static long errors(Row draft) {
    return draft.rows("lint").stream()
        .filter(finding -> finding.text("severity").equals("error"))
        .count();
  }

  /// The word in the names of messages.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
