package dev.interdict.agent.log;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/// SLF4J's way to [LineLogger]. Found by its name in the property `slf4j.provider` alone, so that
/// it is never one of two where Logback is meant.
///
/// The least level is the property `interdict.log`: `trace`, `debug`, `info`, `warn` (the default)
/// or `error`, in letters of any case. Lines go to the standard error; where the property
/// `interdict.log.folder` names a folder, into files there that are bounded, 15 MiB in all.
public final class LineLogProvider implements SLF4JServiceProvider {
  /// The system property that holds the least level, here and in Logback's settings.
  public static final String LEVEL = "interdict.log";

  /// The system property that holds the folder for files, where no service manager keeps a log.
  public static final String FOLDER = "interdict.log.folder";

  private static final String API = "2.0.99";
  private static final long MOST_BYTES = 5L << 20;
  private static final int KEPT = 2;

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter context = new NOPMDCAdapter();
  private @Nullable ILoggerFactory loggers;

  /// By SLF4J.
  public LineLogProvider() {}

  @Override
  public void initialize() {
    var least = level(System.getProperty(LEVEL));
    var out = out(System.getProperty(FOLDER));
    loggers =
        name -> new LineLogger(name, least, out, InstantSource.system(), ZoneId.systemDefault());
  }

  /// A folder that cannot be written to is no reason to run without a log.
  static PrintStream out(@Nullable String folder) {
    if (folder == null) {
      return System.err;
    }
    try {
      var file = new BoundedLog(Path.of(folder), MOST_BYTES, KEPT);
      return new PrintStream(file, false, StandardCharsets.UTF_8);
    } catch (IOException | InvalidPathException e) {
      System.err.println("interdict-agent: no log can be written in " + folder + ": " + e);
      return System.err;
    }
  }

  /// A level that nobody knows is no reason to run without a log.
  static Level level(@Nullable String told) {
    if (told != null) {
      for (var level : Level.values()) {
        if (level.name().equals(told.strip().toUpperCase(Locale.ROOT))) {
          return level;
        }
      }
    }
    return Level.WARN;
  }

  @Override
  public @Nullable ILoggerFactory getLoggerFactory() {
    return loggers;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return context;
  }

  @Override
  public String getRequestedApiVersion() {
    return API;
  }
}
