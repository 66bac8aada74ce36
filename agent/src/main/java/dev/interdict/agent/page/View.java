package dev.interdict.agent.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the template shows, in words. Texts are plain; the template escapes them.
///
/// @param warnings what is not as it should be
/// @param rules those that concern the person
/// @param clear names of the tools that were looked for and not found
public record View(
    Phrases words,
    Tokens tokens,
    @Nullable Banner said,
    List<Banner> warnings,
    List<RuleView> rules,
    List<String> clear,
    List<Thing> held,
    Data data) {

  /// One statement across the page; `tone` is a class of the style sheet.
  public record Banner(String tone, String text) {}

  /// A text that may lead to a page.
  public record Link(String text, @Nullable String href) {}

  /// One thing in quarantine.
  public record Thing(String id, String path, String about, boolean may) {}

  /// What the person's computer tells.
  public record Data(String ceiling, String by, List<Report> reports, List<Event> looks) {}

  /// One report as it leaves the device.
  public record Report(String title, String bytes) {}

  /// Something that happened.
  public record Event(String when, String what) {}

  /// One finding.
  public record Found(String key, String name, String place, String state, boolean disputable) {}

  /// One choice of a list.
  public record Choice(String value, String label) {}

  /// One rule.
  ///
  /// @param can the verbs that are possible now
  public record RuleView(
      String id,
      String tone,
      String tool,
      String state,
      String sentence,
      String sub,
      String reason,
      String decided,
      List<Link> evidence,
      @Nullable Link replacement,
      List<Choice> happens,
      List<String> how,
      List<Found> found,
      List<String> can,
      List<Choice> later,
      String putOff,
      String today,
      String lastDay,
      List<Event> events) {
    /// Whether the person may do this now.
    public boolean can(String verb) {
      return can.contains(verb);
    }
  }

  /// The token of one form.
  public String token(String verb, String about) {
    return tokens.form(verb, about);
  }
}
