package dev.interdict.agent.service;

import dev.interdict.agent.state.Uplink;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Joins the policy server that the settings name, once, and erases the token when it was used:
/// what stays would only be there to be stolen. What `enrol-once` does on Linux and macOS.
///
/// @param joined whether this device has joined already
/// @param told gets a line for the administrator
public record Joining(
    Settings settings, BooleanSupplier joined, Enrolment enrolment, Consumer<String> told) {
  private static final String SERVER = "INTERDICT_SERVER";
  private static final String ROOT_KEY = "INTERDICT_ROOT_KEY";
  private static final String TOKEN = "INTERDICT_ENROL_TOKEN";
  private static final String TOKEN_FILE = "INTERDICT_ENROL_TOKEN_FILE";
  private static final String CA_FILE = "INTERDICT_CA_FILE";
  private static final String PROXY = "INTERDICT_PROXY";
  private static final String PIN = "sha256:";
  private static final int LONGEST_TOKEN = 4096;

  /// Presents this device to a server. Seam.
  @FunctionalInterface
  public interface Enrolment {
    /// @param pin 64 lower-case hex digits
    /// @throws IOException if it did not join; the message says why
    void enrol(URI server, Uplink uplink, String token, String pin) throws IOException;
  }

  /// Joins, unless that was done before.
  ///
  /// @return whether this device has joined; false where no server is named yet
  /// @throws IOException if it cannot; nothing is erased then
  public boolean attempt() throws IOException {
    if (joined.getAsBoolean()) {
      // Whoever joined and was interrupted before this left the token behind.
      forget();
      return true;
    }
    var server = value(SERVER);
    if (server == null) {
      return false;
    }
    var file = value(TOKEN_FILE);
    var token = file == null ? needed(TOKEN) : read(Path.of(file));
    enrolment.enrol(address(server), uplink(), token, pin(needed(ROOT_KEY)));
    forget();
    return true;
  }

  private @Nullable String value(String name) throws IOException {
    var value = settings.value(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  private String needed(String name) throws IOException {
    var value = value(name);
    if (value == null) {
      throw new IOException("not enrolled: " + name + " is missing in the settings");
    }
    return value;
  }

  private static String pin(String key) throws IOException {
    if (!key.matches(PIN + "[0-9a-f]{64}")) {
      throw new IOException(
          "not enrolled: " + ROOT_KEY + " is no fingerprint; write sha256: and 64 hex digits");
    }
    return key.substring(PIN.length());
  }

  private static URI address(String server) throws IOException {
    try {
      return URI.create(server);
    } catch (IllegalArgumentException e) {
      throw new IOException("not enrolled: " + SERVER + " \"" + server + "\" is no address", e);
    }
  }

  private Uplink uplink() throws IOException {
    try {
      var ca = value(CA_FILE);
      var straight = new Uplink(Uplink.STRAIGHT.ca(), value(PROXY));
      return ca == null ? straight : straight.trusting(Path.of(ca));
    } catch (IllegalArgumentException e) {
      throw new IOException("not enrolled: " + PROXY + ": " + e.getMessage(), e);
    }
  }

  private static String read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(LONGEST_TOKEN), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      throw new IOException("not enrolled: cannot read the token in " + file, e);
    }
  }

  private void forget() {
    try {
      settings.erase(TOKEN);
      var file = value(TOKEN_FILE);
      if (file != null && !Files.isDirectory(Path.of(file))) {
        Files.deleteIfExists(Path.of(file));
      }
    } catch (IOException | InvalidPathException e) {
      told.accept("the enrolment token stays; erase it by hand: " + e.getMessage());
    }
  }
}
