package dev.interdict.server.web.pages;

import dev.interdict.policy.Rule;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.View;
import dev.interdict.server.web.diff.WordDiff;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A draft: its text, what is said of it, and what comes next.
///
/// @param tag the version that is shown
/// @param name of the tool, as the text says; `draft 3` where it says none
/// @param me the account of whoever looks
/// @param stale the preview in the list of these, which says why it counts no more
/// @param signing the role that signs the list; without members where that cannot be told
/// @param lines of the text, which findings point at
/// @param inForce what is different from the rule that devices have; none where it is new
/// @param other what is different between what was typed and what somebody else wrote meanwhile
/// @param rule as its text says; null where it cannot be read
/// @param notices that employees would get, in each language
/// @param form the usual fields; null once it is closed or reviewed, and where the text cannot be
///   read
public record DraftView(
    Row draft,
    String tag,
    String name,
    String me,
    DraftNext next,
    Row stale,
    Row signing,
    List<Milestone> way,
    List<String> lines,
    List<WordDiff.Line> inForce,
    List<WordDiff.Line> other,
    @Nullable Rule rule,
    List<Notice> notices,
    @Nullable DraftForm form,
    Clock clock)
    implements View {
  public DraftView {
    way = List.copyOf(way);
    lines = List.copyOf(lines);
    inForce = List.copyOf(inForce);
    other = List.copyOf(other);
    notices = List.copyOf(notices);
  }

  @Override
  public String template() {
    return "draft.jte";
  }

  /// The line of the text that a place such as `14:5` is in.
  public String line(String at) {
    var number = Integer.parseInt(at.substring(0, at.indexOf(':')));
    return number <= lines.size() ? lines.get(number - 1).strip() : "";
  }

  /// Whether whoever looks wrote or submitted it, and so cannot be its second person.
  public boolean mine() {
    return draft.texts("writers").contains(me) || draft.row("submitted").text("by").equals(me);
  }

  /// Whether its text may still be changed.
  public boolean open() {
    return next != DraftNext.PUBLISHED && next != DraftNext.DISCARDED;
  }
}
