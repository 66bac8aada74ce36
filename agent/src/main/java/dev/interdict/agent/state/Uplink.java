package dev.interdict.agent.state;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.trust.DurableFile;
import dev.interdict.wire.TrustedCa;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// By what way the server is reached: whose certificates it may show, and through which proxy. An
/// administrator says it on this computer, the server never does. What is signed offline stays so
/// whoever is trusted here: a wrong certificate lets somebody listen and withhold, no more.
///
/// @param ca one or more certificates in PEM, of which the server's must come, and of no others;
///   null for those that Java trusts
/// @param proxy an HTTP proxy, `HOST:PORT`; null for none
public record Uplink(@Nullable String ca, @Nullable String proxy) {
  /// Straight to the server, whose certificate Java trusts.
  public static final Uplink STRAIGHT = new Uplink(null, null);

  /// More could be written into the state folder and never be read again.
  private static final int MOST_CA = JsonLimits.OWN.textLength();

  public Uplink {
    if (ca != null && ca.length() > MOST_CA) {
      throw new IllegalArgumentException(
          "the certificates are more than " + MOST_CA / 1024 + " KiB; name the server's own alone");
    }
    if (proxy != null && (!proxy.matches("[^:/@\\s]+:[0-9]{1,5}") || port(proxy) > 65_535)) {
      throw new IllegalArgumentException(
          "\"" + proxy + "\" is no proxy; write HOST:PORT, such as proxy.example.com:3128");
    }
  }

  private static int port(String proxy) {
    return Integer.parseInt(proxy.substring(proxy.indexOf(':') + 1));
  }

  /// The proxy's host; there is one.
  public String proxyHost() {
    return parts()[0];
  }

  /// The proxy's port; there is one.
  public int proxyPort() {
    return Integer.parseInt(parts()[1]);
  }

  private String[] parts() {
    if (proxy == null) {
      throw new IllegalStateException("no proxy");
    }
    return proxy.split(":");
  }

  /// The same, trusting the certificates in `file`.
  ///
  /// @throws IOException if it cannot be read, or holds none
  public Uplink trusting(Path file) throws IOException {
    TrustedCa.of(file);
    return new Uplink(Files.readString(file, StandardCharsets.ISO_8859_1), proxy);
  }

  /// What an administrator left in the state folder; [#STRAIGHT] where that is nothing.
  ///
  /// @throws IOException if it is there and cannot be read
  public static Uplink load(StateDirectory state) throws IOException {
    if (!Files.exists(state.uplink())) {
      return STRAIGHT;
    }
    try {
      var faults = new ArrayList<Fault>();
      var fields =
          Fields.of(JsonReader.read(Files.readAllBytes(state.uplink()), JsonLimits.OWN), faults);
      var uplink = read(fields);
      fields.end();
      if (faults.isEmpty()) {
        return uplink;
      }
      throw new JsonException(faults.getFirst().toString());
    } catch (JsonException | IllegalArgumentException e) {
      throw new IOException(
          state.uplink() + " is damaged; write it anew with: interdict-agent uplink", e);
    }
  }

  /// Its members out of those of an object; what is wrong with them is left there as a fault.
  public static Uplink read(Fields fields) {
    var ca = fields.optionalText("ca");
    var proxy = fields.optionalText("proxy");
    try {
      return new Uplink(ca, proxy);
    } catch (IllegalArgumentException e) {
      fields.fault("proxy", String.valueOf(e.getMessage()));
      return STRAIGHT;
    }
  }

  /// Its members.
  public Json.Builder json() {
    return Json.object().put("ca", ca).put("proxy", proxy);
  }

  /// Writes it down.
  public void save(StateDirectory state) throws IOException {
    DurableFile.write(state.uplink(), JsonWriter.pretty(json().build()));
  }
}
