package dev.interdict.server.cli.remote;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.PrivateFile;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The profiles of a person, in a file that they alone may read.
record Profiles(Path file) {
  private static final JsonLimits LIMITS = new JsonLimits(1 << 20, 4, 4_096, 2_000, false);

  /// Where they are, by the environment: XDG's place for settings.
  static Profiles of(Map<String, String> environment) {
    var own = environment.get("XDG_CONFIG_HOME");
    var folder =
        own == null || own.isBlank()
            ? Path.of(System.getProperty("user.home", "."), ".config")
            : Path.of(own);
    return new Profiles(folder.resolve("interdict").resolve("profiles.json"));
  }

  SortedMap<String, Profile> read() throws IOException {
    if (!Files.exists(file)) {
      return new TreeMap<>();
    }
    refuseIfOthersMayRead();
    try {
      var faults = new ArrayList<Fault>();
      var all = Fields.of(JsonReader.read(Files.readAllBytes(file), LIMITS), faults);
      var profiles = new TreeMap<String, Profile>();
      for (var name : all.names()) {
        var fields = all.object(name);
        var server = fields.parsed("server", URI::create, URI.create("https://unknown"));
        var credential =
            fields.has("token")
                ? new Credential.Token(fields.text("token"))
                : new Credential.SignedIn(fields.text("cookie"), fields.text("csrf"));
        var authorities = fields.optionalText("authorities");
        fields.end();
        profiles.put(
            name,
            new Profile(server, credential, authorities == null ? null : Path.of(authorities)));
      }
      if (faults.isEmpty()) {
        return profiles;
      }
      throw new JsonException(faults.getFirst().toString());
    } catch (JsonException e) {
      throw new Failure(
          Exit.REFUSED,
          file + " is not understood: " + e.getMessage() + "; remove it and log in again");
    }
  }

  private void refuseIfOthersMayRead() throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      var may = Files.getPosixFilePermissions(file);
      if (may.contains(PosixFilePermission.GROUP_READ)
          || may.contains(PosixFilePermission.OTHERS_READ)) {
        throw new Failure(
            Exit.REFUSED,
            "others may read "
                + file
                + ", which holds tokens; have those revoked, then: chmod 600 "
                + file);
      }
    }
  }

  /// Writes one down, in place of that of the same name.
  void put(String name, Profile profile) throws IOException {
    var all = read();
    all.put(name, profile);
    var json = Json.object();
    all.forEach((each, one) -> {
      var authorities = one.authorities();
      var members = Json.object().put("server", one.server().toString());
      switch (one.credential()) {
        case Credential.Token(var secret) -> members.put("token", secret);
        case Credential.SignedIn(var cookie, var csrf) ->
            members.put("cookie", cookie).put("csrf", csrf);
      }
      json.put(
          each,
          members.put("authorities", authorities == null ? null : authorities.toString()).build());
    });
    var folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new Failure(Exit.USAGE, file + " is no file to keep profiles in");
    }
    PrivateFile.folder(folder);
    var next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    PrivateFile.write(next, new String(JsonWriter.pretty(json.build()), StandardCharsets.UTF_8));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
