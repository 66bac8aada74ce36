package dev.interdict.server.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// An address within the console, its values encoded. Immutable.
public record Href(String address) {

  /// The page at `path`.
  public static Href to(String path) {
    return new Href(path);
  }

  /// The page of the thing named `id` under `path`.
  public static Href to(String path, String id) {
    return new Href(path + "/" + encoded(id));
  }

  /// With one more value for `key`; an empty value says nothing and is left out.
  public Href with(String key, String value) {
    return value.isEmpty()
        ? this
        : new Href(address + (address.contains("?") ? '&' : '?') + key + '=' + encoded(value));
  }

  /// Commas are allowed in a query (RFC 3986, 3.4) and separate the values of a filter.
  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20").replace("%2C", ",");
  }

  @Override
  public String toString() {
    return address;
  }
}
