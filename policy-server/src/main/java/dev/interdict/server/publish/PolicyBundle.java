package dev.interdict.server.publish;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Blocklist;
import dev.interdict.trust.Limits;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.SignedFile;
import dev.interdict.trust.metadata.TargetFile;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A publication with what is signed over it, as a ZIP of files under the names by which clients of
/// The Update Framework fetch them: unpacked, that of the newest serial is a repository which any
/// such client verifies from its own first root.
///
/// Of a former serial the metadata that signed it is there as long as the repository keeps it,
/// seven days after the next; `bundle.json` says which it is. Thread-safe.
public record PolicyBundle(Publications publications, RepositoryFiles files) {
  private static final RoleName ROLE = KeyRole.BLOCKLIST.role();

  /// The ZIP; empty if devices never could see that serial.
  ///
  /// @throws RepositoryException if the repository does not verify
  public Optional<byte[]> of(long serial) throws RepositoryException {
    return content(serial).map(PolicyBundle::zip);
  }

  /// Its files by name; empty if devices never could see that serial.
  ///
  /// @throws RepositoryException if the repository does not verify
  public Optional<SequencedMap<String, byte[]>> content(long serial) throws RepositoryException {
    var found = publications.shown(serial);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    var shown = found.get();
    var document = publications.document(serial).orElseThrow();
    var content = new TreeMap<String, byte[]>();
    var state = Repository.read(files);
    for (var version = 1L; version <= state.trusted().root().version(); version++) {
      add(content, RepositoryFiles.metadata(RoleName.ROOT, version));
    }
    var now = state.role(ROLE);
    var target = now.targets().get(Blocklist.PATH);
    var current = target != null && target.equals(TargetFile.of(document));
    if (current) {
      add(content, RepositoryFiles.metadata(RoleName.TIMESTAMP, state.timestamp().version()));
      add(content, RepositoryFiles.metadata(RoleName.SNAPSHOT, state.snapshot().version()));
      state
          .roles()
          .forEach((role, signed) ->
              content.put(RepositoryFiles.metadata(role, signed.version()), signed.file().bytes()));
    } else {
      var name = RepositoryFiles.metadata(ROLE, shown.roleVersion());
      var signed = files.read(name, Limits.STANDARD.targets());
      if (signed != null) {
        content.put(name, signed);
      }
    }
    content.put(RepositoryFiles.target(Blocklist.PATH, TargetFile.of(document)), document);
    var signed = content.containsKey(RepositoryFiles.metadata(ROLE, shown.roleVersion()));
    content.put(
        "bundle.json",
        JsonWriter.canonical(
            Json.object()
                .put("serial", serial)
                .put("sha256", shown.sha256())
                .put("role-version", shown.roleVersion())
                .put("in-force", current)
                .put("signatures", current || signed)
                .build()));
    return Optional.of(content);
  }

  /// The ids of the keys that signed a list which devices could see, of those that hold now; empty
  /// where the metadata that signed it is not kept any more, or its keys have gone.
  ///
  /// @throws RepositoryException if the repository does not verify
  public List<String> signers(long serial) throws RepositoryException {
    var shown = publications.shown(serial);
    if (shown.isEmpty()) {
      return List.of();
    }
    var name = RepositoryFiles.metadata(ROLE, shown.get().roleVersion());
    var signed = files.read(name, Limits.STANDARD.targets());
    if (signed == null) {
      return List.of();
    }
    var state = Repository.read(files);
    var file = SignedFile.read(signed, name);
    return state.roles().values().stream()
        .flatMap(role -> role.delegations().stream())
        .filter(delegation -> delegation.role().equals(ROLE))
        .flatMap(delegation ->
            delegation.keys().signedBy(file, state.trusted().root().schemes()).stream())
        .map(key -> key.id().value())
        .distinct()
        .toList();
  }

  private void add(SequencedMap<String, byte[]> content, String name) throws RepositoryException {
    content.put(name, files.need(name, Limits.STANDARD.targets()));
  }

  private static byte[] zip(SequencedMap<String, byte[]> content) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (var file : content.entrySet()) {
        var entry = new ZipEntry(file.getKey());
        // The same files are the same bytes, whenever they are asked for.
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return bytes.toByteArray();
  }
}
