package dev.interdict.server.backup;

import dev.interdict.server.store.Database;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.repository.PassedOver;
import dev.interdict.trust.repository.RepositoryFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/// Makes a backup while the server runs. Rows and signed files are of one moment; devices and
/// people notice nothing.
public final class Backup {
  /// Not worth keeping: who is signed in, whose turn it is, and by what a name is found, which is
  /// many rows and made anew of the names. The signed files go their own way, which is the same
  /// where they lie in a folder.
  static final Set<String> LEFT_OUT =
      Set.of(
          "session",
          "oidc_login",
          "kept_form",
          "store_writer",
          "store_lease",
          "signed_file",
          "signed_change",
          "name_end");

  static final String PASSED_OVER = "passed-over.json";
  static final String SIGNED = "repository/";
  static final String FOLDER = "folder/";
  private static final String KEYS = "keys";

  private static final int LARGEST = 8 << 20;

  private final Database database;
  private final RepositoryFiles signed;
  private final Path folder;
  private final List<Path> dropped;
  private final InstantSource clock;

  /// @param folder the server's folder, with its settings
  /// @param dropped the files of that folder that hold settings besides `server.yaml`
  public Backup(
      Database database,
      RepositoryFiles signed,
      Path folder,
      List<Path> dropped,
      InstantSource clock) {
    this.database = database;
    this.signed = signed;
    this.folder = folder;
    this.dropped = List.copyOf(dropped);
    this.clock = clock;
  }

  /// Makes a backup in a new folder. One that fails leaves what it wrote, without a manifest.
  ///
  /// @param keys whether the private keys go in: whoever has them can sign
  /// @param progress hears what is written next
  public Manifest make(Path to, boolean keys, Consumer<String> progress)
      throws IOException, RepositoryException {
    var backup = BackupFolder.create(to);
    var files = new ArrayList<Manifest.File>();
    for (var name : List.of("server.yaml", "signed-time")) {
      keep(backup, name, files);
    }
    for (var file : dropped) {
      keep(backup, folder.relativize(file).toString().replace('\\', '/'), files);
    }
    if (keys) {
      for (var name : BackupFolder.below(folder.resolve(KEYS))) {
        keep(backup, KEYS + "/" + name, files);
      }
    }
    try {
      var manifest =
          database.read(handle -> {
            try {
              return ofOneMoment(handle, backup, files, progress);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            } catch (SQLException e) {
              throw new IllegalStateException("the database failed: " + e.getMessage(), e);
            }
          });
      backup.finish(manifest);
      return manifest;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void keep(BackupFolder backup, String name, List<Manifest.File> files)
      throws IOException {
    var file = folder.resolve(name);
    if (Files.isRegularFile(file)) {
      var path = FOLDER + name;
      files.add(new Manifest.File(path, backup.write(path, out -> Files.copy(file, out))));
    }
  }

  private Manifest ofOneMoment(
      Handle handle, BackupFolder backup, List<Manifest.File> files, Consumer<String> progress)
      throws IOException, SQLException {
    progress.accept("signed files");
    var made = clock.instant();
    if (database.isShared()) {
      // They are rows themselves, in the same snapshot.
      for (var row : handle.createQuery("select path, content from signed_file").mapToMap()) {
        var path = String.valueOf(row.get("path"));
        var name = path.equals(".passed-over") ? PASSED_OVER : SIGNED + path;
        var content = String.valueOf(row.get("content"));
        files.add(
            new Manifest.File(
                name,
                backup.write(
                    name,
                    out -> out.write(content.getBytes(java.nio.charset.StandardCharsets.UTF_8)))));
      }
    } else {
      alone(() -> {
        // The snapshot begins here, while nobody publishes.
        handle.createQuery("select count(*) from publication").mapTo(Long.class).one();
        signedFiles(backup, files);
      });
    }
    var tables = new ArrayList<Manifest.Table>();
    for (var table : database.tables(handle)) {
      if (!LEFT_OUT.contains(table)) {
        progress.accept("table " + table);
        var rows = new long[1];
        var path = new Manifest.Table(table, 0, "").path();
        var sha256 =
            backup.write(
                path,
                out -> {
                  try {
                    rows[0] = TableRows.write(handle.getConnection(), table, out);
                  } catch (SQLException e) {
                    throw new IOException("cannot read the table " + table, e);
                  }
                });
        tables.add(new Manifest.Table(table, rows[0], sha256));
      }
    }
    return new Manifest(made, database.version(), tables, files);
  }

  /// What is done while nobody publishes.
  private interface Copying {
    void run() throws IOException;
  }

  private void alone(Copying copying) throws IOException {
    try {
      signed.alone(() -> {
        try {
          copying.run();
          return 0;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    } catch (RepositoryException e) {
      throw new IOException("the signed files cannot be read", e);
    }
  }

  private void signedFiles(BackupFolder backup, List<Manifest.File> files) throws IOException {
    for (var name : signed.names()) {
      var bytes = name.startsWith(".") ? null : signed.read(name, LARGEST);
      if (bytes != null) {
        var path = SIGNED + name;
        files.add(new Manifest.File(path, backup.write(path, out -> out.write(bytes))));
      }
    }
    var passed = signed.passedOver();
    if (!passed.isEmpty()) {
      var note = PassedOver.write(new TreeMap<>(), passed);
      files.add(new Manifest.File(PASSED_OVER, backup.write(PASSED_OVER, out -> out.write(note))));
    }
  }
}
