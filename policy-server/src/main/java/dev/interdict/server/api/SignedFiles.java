package dev.interdict.server.api;

import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.store.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves the signed repository's files as they stand in its folder, and nothing else: plain names
/// that end in `.json`, no link in any part of the way. Thread-safe.
///
/// Files whose name holds a version or a hash never change and may be kept for ever; the timestamp
/// is asked for anew each time.
public final class SignedFiles {
  private static final Logger LOG = LoggerFactory.getLogger(SignedFiles.class);
  private static final int LARGEST = 8 << 20;
  private static final Pattern NAME =
      Pattern.compile(
          "(?:targets/(?:[A-Za-z0-9_-][A-Za-z0-9_.~-]{0,200}/){0,4})?"
              + "[A-Za-z0-9_-][A-Za-z0-9_.~-]{0,200}\\.json");
  private static final Pattern IMMUTABLE =
      Pattern.compile("[0-9]+\\.[^/]+|targets/(?:[^/]+/)*[0-9a-f]{64,128}\\.[^/]+");

  private static final int MOST_TAGS = 1_000;

  private final Path folder;

  /// Tags by name, so that a poll without news costs neither a reading nor a hash.
  private final Map<String, Tagged> tags = new ConcurrentHashMap<>();

  private record Tagged(Marks marks, String tag) {}

  /// What differs once a file was replaced.
  private record Marks(FileTime modified, long size, @Nullable Object key) {
    static Marks of(Path file) throws IOException {
      var attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return new Marks(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }
  }

  /// @param folder the repository's folder; it may not exist yet
  public SignedFiles(Path folder) {
    this.folder = folder;
  }

  /// The file `name`, 304 where the asker has it, or 404.
  public HttpResponse answer(HttpRequest request, String name) {
    if (!NAME.matcher(name).matches()) {
      return nothing();
    }
    try {
      var file = plain(name);
      if (file == null) {
        return nothing();
      }
      var marks = Marks.of(file);
      return marks.size() > LARGEST ? nothing() : answer(request, name, file, marks);
    } catch (NoSuchFileException e) {
      return nothing();
    } catch (IOException e) {
      LOG.atError().setCause(e).addKeyValue("file", name).log("signed file cannot be read");
      return HttpResponse.problem(500, "internal", "The file cannot be read.");
    }
  }

  private HttpResponse answer(HttpRequest request, String name, Path file, Marks marks)
      throws IOException {
    var known = tags.get(name);
    if (known != null && known.marks().equals(marks) && has(request, known.tag())) {
      return tagged(HttpResponse.empty(304), name, known.tag());
    }
    var body = Files.readAllBytes(file);
    var tag =
        known != null && known.marks().equals(marks)
            ? known.tag()
            : "\"" + Secrets.hash(body).substring(0, 32) + "\"";
    if (tags.size() >= MOST_TAGS) {
      tags.clear();
    }
    tags.put(name, new Tagged(marks, tag));
    return has(request, tag)
        ? tagged(HttpResponse.empty(304), name, tag)
        : tagged(HttpResponse.of(200, "application/json", body), name, tag);
  }

  private static boolean has(HttpRequest request, String tag) {
    var known = request.header("if-none-match");
    return known != null
        && Arrays.stream(known.split(",", -1)).map(String::strip).anyMatch(tag::equals);
  }

  private static HttpResponse tagged(HttpResponse answer, String name, String tag) {
    var caching =
        IMMUTABLE.matcher(name).matches() ? "public, max-age=31536000, immutable" : "no-cache";
    return answer.with("ETag", tag).with("Cache-Control", caching);
  }

  /// The regular file of this name, reached through plain folders only, or null.
  private @Nullable Path plain(String name) {
    var path = folder;
    for (var part : name.split("/", -1)) {
      path = path.resolve(part);
      if (Files.isSymbolicLink(path)) {
        return null;
      }
    }
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? path : null;
  }

  private static HttpResponse nothing() {
    return HttpResponse.problem(404, "not-found", "There is nothing at this address.");
  }
}
