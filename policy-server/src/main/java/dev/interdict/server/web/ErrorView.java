package dev.interdict.server.web;

import org.jspecify.annotations.Nullable;

/// Why there is no page.
///
/// @param id by which the server's log can be searched; null where nothing was logged
public record ErrorView(int status, String title, String text, @Nullable String id)
    implements View {
  @Override
  public String template() {
    return "error.jte";
  }
}
