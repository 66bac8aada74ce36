package dev.interdict.server.web.pages;

import dev.interdict.server.web.View;

/// The overview before the first publication.
public record NoRulesView() implements View {
  @Override
  public String template() {
    return "no-rules.jte";
  }
}
