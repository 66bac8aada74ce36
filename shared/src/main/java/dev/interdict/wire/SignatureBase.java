package dev.interdict.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// The bytes that a request signature signs (RFC 9421, section 2.5).
///
/// @param components covered, in their order
/// @param parameters what follows the component list in `@signature-params`, from its semicolon on
record SignatureBase(List<Component> components, String parameters) {

  /// One covered component with its value, which holds no line break.
  record Component(String name, String value) {
    Component {
      if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
        throw new IllegalArgumentException("a line break in " + name);
      }
    }
  }

  SignatureBase {
    components = List.copyOf(components);
  }

  /// The value of `@signature-params`, which `Signature-Input` carries too.
  String signatureParams() {
    return components.stream()
            .map(component -> "\"" + component.name() + "\"")
            .collect(Collectors.joining(" ", "(", ")"))
        + parameters;
  }

  byte[] bytes() {
    var text = new StringBuilder();
    for (var component : components) {
      text.append('"').append(component.name()).append("\": ").append(component.value());
      text.append('\n');
    }
    text.append("\"@signature-params\": ").append(signatureParams());
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
