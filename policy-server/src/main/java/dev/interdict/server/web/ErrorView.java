package dev.interdict.server.web;

import org.jspecify.annotations.Nullable;

/// Why there is no page.
///
/// @param id by which the server's log can be searched; null where nothing was logged
/// @param sent whether something was to be done
/// @param why what of the address is not understood, in English; empty where there is nothing more
///   to say
/// @param template that of a page of its own, or of one with the way to others around it
public record ErrorView(
    int status,
    String title,
    String text,
    @Nullable String id,
    boolean sent,
    String why,
    String template)
    implements View {
  ErrorView(
      int status, String title, String text, @Nullable String id, boolean sent, String template) {
    this(status, title, text, id, sent, "", template);
  }

  ErrorView because(String more) {
    return new ErrorView(status, title, text, id, sent, more, template);
  }

  /// Whether the same may go well in a moment.
  public boolean passing() {
    return status == 429 || status >= 500;
  }
}
