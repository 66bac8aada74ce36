package dev.interdict.server.web;

import java.util.List;
import java.util.Map;

/// Shows that somebody proved at the identity provider who they are, with what they had typed.
///
/// @param action where the form is sent now; empty where nothing is kept any more
/// @param form its fields
/// @param to where to go back to without it
public record KeptView(String action, Map<String, List<String>> form, String to) implements View {
  @Override
  public String template() {
    return "kept.jte";
  }
}
