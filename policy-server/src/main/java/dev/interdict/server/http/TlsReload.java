package dev.interdict.server.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Presents a new certificate once its files have changed, without a restart. Files that cannot be
/// read change nothing: the certificate before goes on, and the log and who follows are told why.
public final class TlsReload implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TlsReload.class);

  private final Tls tls;
  private final List<Path> files;
  private final Loader loader;
  private final ScheduledExecutorService schedule =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("tls-reload").daemon().factory());
  private List<String> seen;
  private String trouble = "";
  private Consumer<String> follower = _ -> {};

  /// Reads the files anew.
  @FunctionalInterface
  public interface Loader {
    Tls load() throws IOException;
  }

  private TlsReload(Tls tls, List<Path> files, Loader loader) {
    this.tls = tls;
    this.files = List.copyOf(files);
    this.loader = loader;
    this.seen = marks();
  }

  /// Looks every `period` whether `files` have changed.
  public static TlsReload start(Tls tls, List<Path> files, Loader loader, Duration period) {
    var reload = new TlsReload(tls, files, loader);
    var _ =
        reload.schedule.scheduleWithFixedDelay(
            reload::look, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    return reload;
  }

  /// Has `follower` told, in a line for people, when a new certificate is presented and when one
  /// cannot be.
  public synchronized void follow(Consumer<String> follower) {
    this.follower = follower;
  }

  /// Looks now.
  ///
  /// @return why what lies there cannot be presented; empty where it is
  public synchronized String look() {
    var now = marks();
    if (now.equals(seen)) {
      if (!trouble.isEmpty()) {
        trouble = "";
        tell("the certificate that is presented lies there again");
      }
      return trouble;
    }
    @Nullable String said = null;
    try {
      // Written file by file, they may not fit each other yet: then it is tried again.
      tls.adopt(loader.load());
      seen = now;
      trouble = "";
      LOG.atInfo().addKeyValue("files", files).log("a new certificate is presented from now on");
      said = "a new certificate is presented";
    } catch (IOException | RuntimeException e) {
      var why = "the new certificate cannot be read, the one before goes on: " + e.getMessage();
      // Said once, and not at each look.
      if (!why.equals(trouble)) {
        trouble = why;
        LOG.atWarn().setCause(e).log("the new certificate cannot be read, the one before goes on");
        said = why;
      }
    }
    if (said != null) {
      tell(said);
    }
    return trouble;
  }

  /// What becomes of the line is not the certificate's trouble, and ends no further look.
  private void tell(String line) {
    try {
      follower.accept(line);
    } catch (RuntimeException e) {
      LOG.atWarn().addKeyValue("line", line).setCause(e).log("who follows the certificate failed");
    }
  }

  private List<String> marks() {
    var marks = new ArrayList<String>();
    for (var file : files) {
      try {
        marks.add(Files.getLastModifiedTime(file).toMillis() + ":" + Files.size(file));
      } catch (IOException e) {
        marks.add("missing");
      }
    }
    return marks;
  }

  @Override
  public void close() {
    schedule.shutdownNow();
  }
}
