package dev.interdict.server.publish;

import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.repository.PassedOver;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryFiles;
import dev.interdict.trust.repository.RepositoryMirror;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of a repository in the database that several servers share. Whoever is alone is in one
/// transaction: all that it writes becomes visible at once, or nothing does.
///
/// The folder that the files are served from follows: at once after what was published here, and
/// within a second after what was published elsewhere, while [Following] runs. Thread-safe.
public final class RepositoryRows implements RepositoryFiles {
  private static final String PASSED_OVER = ".passed-over";

  private static final Logger LOG = LoggerFactory.getLogger(RepositoryRows.class);

  private final Database database;

  /// Knows which names may be served; nothing is written there.
  private final RepositoryFiles names;

  private final RepositoryMirror mirror;

  /// How often anything had been changed when the folder last followed.
  private final AtomicLong followed = new AtomicLong(-1);

  /// What the one thread writes on that is alone.
  private final ThreadLocal<@Nullable Connection> alone = new ThreadLocal<>();

  /// @param folder where the files are served from
  public RepositoryRows(Database database, Path folder) {
    this.database = database;
    this.names = Repository.files(folder);
    this.mirror = new RepositoryMirror(folder, this);
  }

  /// Carries a refusal through the database, which undoes the transaction.
  private static final class Carried extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient RepositoryException refusal;

    Carried(RepositoryException refusal) {
      super(refusal);
      this.refusal = refusal;
    }
  }

  @Override
  public <T> T alone(Work<T> work) throws RepositoryException {
    if (alone.get() != null) {
      throw new IllegalStateException("this thread is publishing already");
    }
    T done;
    try {
      done =
          database.write(connection -> {
            alone.set(connection);
            try {
              return work.run();
            } catch (RepositoryException e) {
              throw new Carried(e);
            } finally {
              alone.remove();
            }
          });
    } catch (Carried e) {
      throw e.refusal;
    }
    try {
      follow();
    } catch (RepositoryException | RuntimeException e) {
      // It is published all the same; whoever serves the folder follows within a second.
      LOG.atWarn().setCause(e).log("the folder of signed files does not follow the database");
    }
    return done;
  }

  /// Has the folder say what was published, wherever that was.
  public void follow() throws RepositoryException {
    var now = changes();
    if (followed.get() != now) {
      mirror.follow();
      followed.set(now);
    }
  }

  private long changes() {
    return database.read(handle ->
        handle
            .createQuery("select changes from signed_change where id = 1")
            .mapTo(Long.class)
            .one());
  }

  /// Both become visible in one moment.
  @Override
  public void turn(String root, byte[] rootBytes, byte[] timestamp) {
    write(root, rootBytes);
    write("timestamp.json", timestamp);
  }

  @Override
  public boolean isTurning() {
    return false;
  }

  @Override
  public boolean exists(String path) {
    return content(path) != null;
  }

  @Override
  public byte @Nullable [] read(String path, int limit) {
    var content = content(path);
    if (content == null) {
      return null;
    }
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= limit ? bytes : Arrays.copyOf(bytes, limit + 1);
  }

  private @Nullable String content(String path) {
    var sql = "select content from signed_file where path = ?";
    var connection = alone.get();
    if (connection == null) {
      return database.read(
          handle -> handle.select(sql, path).mapTo(String.class).findOne().orElse(null));
    }
    try {
      return Sql.first(connection, sql, row -> row.getString(1), path);
    } catch (SQLException e) {
      throw new UncheckedIOException(
          "cannot read " + path + " of the repository", new IOException(e));
    }
  }

  @Override
  public void write(String path, byte[] bytes) {
    checkName(path);
    put(path, bytes);
  }

  private void put(String path, byte[] bytes) {
    String content;
    try {
      content = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("only text is published here: " + path, e);
    }
    change(
        "insert into signed_file (path, content) values (?,?) on conflict (path) do update set"
            + " content = excluded.content",
        path,
        content);
  }

  @Override
  public void delete(String path) {
    change("delete from signed_file where path = ?", path);
  }

  private void change(String sql, String... parameters) {
    var connection = alone.get();
    if (connection == null) {
      throw new IllegalStateException("whoever writes here is alone");
    }
    try {
      Sql.update(connection, sql, (Object[]) parameters);
      Sql.update(connection, "update signed_change set changes = changes + 1 where id = 1");
    } catch (SQLException e) {
      throw new UncheckedIOException("cannot write to the repository", new IOException(e));
    }
  }

  @Override
  public List<String> names() {
    var sql = "select path from signed_file where path <> '" + PASSED_OVER + "' order by path";
    var connection = alone.get();
    if (connection == null) {
      return database.read(handle -> handle.createQuery(sql).mapTo(String.class).list());
    }
    try {
      return Sql.list(connection, sql, row -> row.getString(1));
    } catch (SQLException e) {
      throw new UncheckedIOException("cannot list the repository", new IOException(e));
    }
  }

  @Override
  public void checkName(String path) {
    names.checkName(path);
  }

  @Override
  public SortedMap<RoleName, Long> passedOver() {
    try {
      return PassedOver.read(read(PASSED_OVER, PassedOver.MOST_BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read in the database what must not be signed again", e);
    }
  }

  @Override
  public void passOver(Map<RoleName, Long> versions) {
    put(PASSED_OVER, PassedOver.write(passedOver(), versions));
  }
}
