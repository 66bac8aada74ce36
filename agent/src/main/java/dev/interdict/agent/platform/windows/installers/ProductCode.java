package dev.interdict.agent.platform.windows.installers;

import java.util.Locale;
import java.util.Optional;

/// The identifier of one product of Windows Installer: a GUID in braces, 38 characters, upper case.
/// Spec: "Product Codes", Windows Installer.
public record ProductCode(String text) {
  private static final String FORM = "{00000000-0000-0000-0000-000000000000}";

  public ProductCode {
    if (!valid(text)) {
      throw new IllegalArgumentException("no product code");
    }
  }

  /// The product code that a text is, in any case of its letters; empty for anything else.
  public static Optional<ProductCode> parse(String text) {
    var upper = text.length() == FORM.length() ? text.toUpperCase(Locale.ROOT) : text;
    return valid(upper) ? Optional.of(new ProductCode(upper)) : Optional.empty();
  }

  private static boolean valid(String text) {
    if (text.length() != FORM.length()) {
      return false;
    }
    for (var i = 0; i < FORM.length(); i++) {
      var c = text.charAt(i);
      var hex = c >= '0' && c <= '9' || c >= 'A' && c <= 'F';
      if (FORM.charAt(i) == '0' ? !hex : c != FORM.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
