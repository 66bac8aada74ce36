package dev.interdict.server.backup;

import dev.interdict.server.store.Database;
import dev.interdict.server.store.Location;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.repository.PassedOver;
import dev.interdict.trust.repository.RepositoryFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Makes a server of a backup: first looks at all of it, then fills an empty database and, through
/// [#sign], an empty repository. Whoever calls has made sure that nothing is overwritten.
public final class Restoration {
  private static final String SETTINGS = Backup.FOLDER + "server.yaml";

  private final BackupFolder backup;
  private final Manifest manifest;

  private Restoration(BackupFolder backup, Manifest manifest) {
    this.backup = backup;
    this.manifest = manifest;
  }

  /// Checks a backup whole.
  ///
  /// @throws DamagedException if it is not what it was when it was made
  public static Restoration of(Path from) throws IOException {
    var backup = BackupFolder.of(from);
    return new Restoration(backup, backup.verified());
  }

  public Manifest manifest() {
    return manifest;
  }

  /// The settings as they were, or null.
  public byte[] settings() throws IOException {
    return backup.bytes(SETTINGS);
  }

  /// The other files of the server's folder, by their paths below it.
  public Iterable<String> folderFiles() {
    return manifest.files().stream()
        .map(Manifest.File::path)
        .filter(path -> path.startsWith(Backup.FOLDER) && !path.equals(SETTINGS))
        .map(path -> path.substring(Backup.FOLDER.length()))
        .toList();
  }

  /// Such a file.
  public byte[] folderFile(String name) throws IOException {
    return backup.bytes(Backup.FOLDER + name);
  }

  /// Fills a database that holds nothing, and brings its tables up to date.
  ///
  /// @param progress hears of each table that is filled next; of nothing before the database was
  ///   found empty
  /// @throws dev.interdict.server.store.StoreException if it holds anything
  public void fill(Location location, Consumer<String> progress) throws IOException {
    try (var database = Database.openEmpty(location, manifest.schema())) {
      progress.accept("the new tables");
      var known = java.util.Set.copyOf(database.read(database::tables));
      for (var table : manifest.tables()) {
        if (!known.contains(table.name()) || Backup.LEFT_OUT.contains(table.name())) {
          throw new DamagedException("the backup has a table that is none: " + table.name());
        }
        progress.accept("table %s, %,d rows".formatted(table.name(), table.rows()));
        try (var in = backup.open(table.path())) {
          var rows = TableRows.read(database, table.name(), in);
          if (rows != table.rows()) {
            throw new DamagedException(
                "the backup is damaged: %s has %d rows and not %d"
                    .formatted(table.name(), rows, table.rows()));
          }
        }
      }
    }
    Database.open(location).close();
  }

  /// Puts the signed files there, the timestamp last.
  ///
  /// @throws IllegalStateException if there are any
  public void sign(RepositoryFiles signed) throws RepositoryException, IOException {
    var names =
        manifest.files().stream()
            .map(Manifest.File::path)
            .filter(path -> path.startsWith(Backup.SIGNED))
            .map(path -> path.substring(Backup.SIGNED.length()))
            .sorted(java.util.Comparator.comparing("timestamp.json"::equals))
            .toList();
    var contents = new java.util.LinkedHashMap<String, byte[]>();
    for (var name : names) {
      contents.put(name, backup.bytes(Backup.SIGNED + name));
    }
    var hasNote =
        manifest.files().stream().anyMatch(file -> file.path().equals(Backup.PASSED_OVER));
    var passed = hasNote ? PassedOver.read(backup.bytes(Backup.PASSED_OVER)) : null;
    signed.alone(() -> {
      if (signed.exists("timestamp.json")) {
        throw new IllegalStateException("there is a repository already");
      }
      contents.forEach(signed::write);
      if (passed != null) {
        signed.passOver(passed);
      }
      return contents.size();
    });
  }
}
