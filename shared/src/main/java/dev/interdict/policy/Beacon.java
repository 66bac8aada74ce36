package dev.interdict.policy;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import java.net.InetAddress;
import java.util.regex.Pattern;

/// A host inside the corporate network that proves itself by its key: a device is in that network
/// if a TLS handshake with it shows a certificate with this key. Neither its names nor who signed
/// it matter, so that nobody else's certificate can stand in for it, and DNS is not trusted.
///
/// @param host a DNS name, or an address as a literal without brackets
/// @param port of a server that speaks TLS 1.2 or 1.3
/// @param key SHA-256 of the certificate's SubjectPublicKeyInfo (RFC 7469, section 2.4), in 64
///   lower-case hex digits
public record Beacon(String host, int port, String key) {
  private static final String PREFIX = "sha256:";
  private static final int MOST_HOST = 253;
  private static final Pattern NAME =
      Pattern.compile(
          "(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*"
              + "[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");
  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]{2,39}");
  private static final Pattern KEY = Pattern.compile("[0-9a-f]{64}");

  private static final Beacon NOWHERE = new Beacon("unreadable", 1, "0".repeat(64));

  /// @throws IllegalArgumentException if a part is none of what it must be
  public Beacon {
    if (!isHost(host)) {
      throw new IllegalArgumentException(
          "\""
              + host
              + "\" is no host; write a DNS name such as intranet.example.com or an address");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException(port + " is no port; write 1 to 65535");
    }
    if (!KEY.matcher(key).matches()) {
      throw new IllegalArgumentException(
          "\"" + key + "\" is no SHA-256; write its 64 lower-case hex digits");
    }
  }

  /// Whether the host is a name rather than an address.
  public boolean isNamed() {
    return NAME.matcher(host).matches();
  }

  /// As rules write it.
  public Json.Obj json() {
    return Json.object().put("host", host).put("port", port).put("key", PREFIX + key).build();
  }

  private static boolean isHost(String host) {
    return host.length() <= MOST_HOST
        && (NAME.matcher(host).matches() || IPV4.matcher(host).matches() || isIpv6(host));
  }

  private static boolean isIpv6(String host) {
    if (host.indexOf(':') < 0 || !IPV6.matcher(host).matches()) {
      return false;
    }
    try {
      InetAddress.ofLiteral(host); // asks no name server
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// The beacon in `fields`; of no meaning where that gave faults.
  public static Beacon read(Fields fields) {
    var before = fields.faults().size();
    var host = fields.parsed("host", Beacon::host, NOWHERE.host);
    var port = (int) fields.integer("port", 1, 65_535);
    var key = fields.parsed("key", Beacon::pinned, NOWHERE.key);
    fields.end();
    return fields.faults().size() == before ? new Beacon(host, port, key) : NOWHERE;
  }

  private static String host(String text) {
    return new Beacon(text, NOWHERE.port, NOWHERE.key).host;
  }

  private static String pinned(String text) {
    if (!text.startsWith(PREFIX) || !KEY.matcher(text.substring(PREFIX.length())).matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" pins no key; write sha256: and 64 lower-case hex digits");
    }
    return text.substring(PREFIX.length());
  }
}
