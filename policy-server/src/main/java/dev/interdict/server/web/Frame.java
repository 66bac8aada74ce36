package dev.interdict.server.web;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What surrounds a page: its title, the way to the others, who is signed in.
///
/// @param crumbs the places above this one, outermost first
/// @param issuer who publishes the policy; empty before the first publication
/// @param person null on pages for people who have not signed in
/// @param english this page's address in English
/// @param chinese this page's address in Simplified Chinese
/// @param here this page's address, query and all
/// @param refresh seconds after which its live parts are fetched again; 0 for never
public record Frame(
    Words words,
    String title,
    List<Crumb> crumbs,
    List<Entry> entries,
    String issuer,
    @Nullable Person person,
    String english,
    String chinese,
    Href here,
    Display display,
    long refresh,
    Assets assets) {

  /// A way to another page.
  ///
  /// @param glyph the name of its picture
  /// @param count how many things are behind it; null where that says nothing
  public record Entry(
      String label, String href, String glyph, boolean current, @Nullable Long count) {

    /// The key that goes there after a `g`; empty where none does.
    public String key() {
      return switch (href) {
        case "/" -> "o";
        case "/rules" -> "r";
        case "/devices" -> "d";
        case "/exemptions" -> "e";
        case "/queue" -> "q";
        case "/audit" -> "a";
        default -> "";
      };
    }
  }

  /// A place above a page.
  public record Crumb(String label, String href) {}

  /// Who is signed in.
  ///
  /// @param csrf the secret their forms carry
  /// @param left until the session ends, however busy it is
  public record Person(String name, String role, String csrf, Duration left) {
    /// One or two letters for a person without a picture.
    public String initials() {
      var letters = new StringBuilder();
      for (var word : name.split("[ ._@-]+", -1)) {
        if (!word.isEmpty() && letters.length() < 2) {
          letters.appendCodePoint(Character.toUpperCase(word.codePointAt(0)));
        }
      }
      return letters.toString();
    }
  }

  public Frame {
    crumbs = List.copyOf(crumbs);
    entries = List.copyOf(entries);
  }
}
