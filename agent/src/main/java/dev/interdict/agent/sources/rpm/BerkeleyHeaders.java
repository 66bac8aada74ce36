package dev.interdict.agent.sources.rpm;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Steady;
import dev.interdict.agent.sources.reading.Window;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Headers in `Packages`, a hash of Berkeley DB (rpm before 4.16, RHEL 8 and older): under the
/// number of each package its header, mostly in a chain of overflow pages. The number 0 holds a
/// counter.
///
/// Follows the layout in Berkeley DB's `db_page.h` for hash versions 8 to 10, in either byte order,
/// without encryption and checksums, as rpm makes them. What rpm has not written back to the file
/// yet, while it runs, is not seen.
final class BerkeleyHeaders implements Headers {
  @Override
  public List<@Nullable Header> of(Tree tree, BytePath file) throws UnreadableException {
    return Steady.read(tree, List.of(file), () -> new Reading(file, new Window(tree, file)).all());
  }

  /// One pass over the buckets.
  private static final class Reading {
    private static final int OVERFLOW = 7;
    private static final Set<Integer> HASH_PAGES = Set.of(2, 8, 13);
    private static final int PAGE_HEAD = 26;
    private static final int ON_PAGE = 1;
    private static final int OFF_PAGE = 3;
    private static final int OFF_PAGE_LENGTH = 12;

    private final BytePath file;
    private final Window window;
    private final BerkeleyMeta meta;
    private final Set<Long> entered = new HashSet<>();
    private final List<@Nullable Header> headers = new ArrayList<>();

    Reading(BytePath file, Window window) throws UnreadableException {
      this.file = file;
      this.window = window;
      this.meta = BerkeleyMeta.read(file, window.at(0, BerkeleyMeta.LENGTH));
    }

    List<@Nullable Header> all() throws UnreadableException {
      for (var bucket = 0L; bucket <= meta.lastBucket(); bucket++) {
        var number = meta.page(bucket);
        while (number != 0) {
          if (!entered.add(number)) {
            throw malformed("has pages that lead in circles");
          }
          var page = page(number);
          if (!HASH_PAGES.contains((int) page.bytes()[25])) {
            throw malformed("has a page of a kind that is not read");
          }
          pairs(page);
          number = page.u32(16);
        }
      }
      return headers;
    }

    private BerkeleyPage page(long number) throws UnreadableException {
      if (number < 1 || number > meta.lastPage()) {
        throw malformed("points to a page that it does not have");
      }
      var bytes = window.at(number * meta.pageSize(), meta.pageSize());
      var page = new BerkeleyPage(bytes, meta.order());
      if (page.u32(8) != number) {
        throw malformed("has a page under another's number");
      }
      return page;
    }

    /// Keys and values take turns; each lies from its own offset to the one before.
    private void pairs(BerkeleyPage page) throws UnreadableException {
      var entries = page.u16(20);
      if (PAGE_HEAD + 2 * entries > meta.pageSize() || entries % 2 != 0) {
        throw malformed("has a page with a wrong number of entries");
      }
      var end = meta.pageSize();
      for (var i = 0; i < entries; i++) {
        var start = page.u16(PAGE_HEAD + 2 * i);
        if (start < PAGE_HEAD || start >= end) {
          throw malformed("has an entry outside of its page");
        }
        if (i % 2 == 0) {
          if (page.bytes()[start] != ON_PAGE || end - start != 5) {
            throw malformed("has a key that is no package's number");
          }
        } else if (page.u32(page.u16(PAGE_HEAD + 2 * (i - 1)) + 1) != 0) {
          headers.add(header(page, start, end));
        }
        end = start;
      }
    }

    private @Nullable Header header(BerkeleyPage page, int start, int end)
        throws UnreadableException {
      return switch (page.bytes()[start]) {
        case ON_PAGE ->
            Header.read(wanted -> page.piece(start + 1, Math.min(wanted, end - start - 1)));
        case OFF_PAGE -> {
          if (end - start != OFF_PAGE_LENGTH) {
            throw malformed("has an entry of a wrong length");
          }
          yield Header.read(
              wanted -> chain(page.u32(start + 4), Math.min(wanted, page.u32(start + 8))));
        }
        default -> throw malformed("has an entry of a kind that is not read");
      };
    }

    /// The first bytes of what a chain of overflow pages holds. Each page has to bring something,
    /// so a chain in a circle comes to an end.
    private byte[] chain(long first, long wanted) throws UnreadableException {
      var out = new ByteArrayOutputStream();
      for (var number = first; out.size() < wanted; ) {
        var page = page(number);
        var length = page.u16(22);
        if (page.bytes()[25] != OVERFLOW || length == 0 || PAGE_HEAD + length > meta.pageSize()) {
          throw malformed("has an overflow page that cannot be read");
        }
        out.write(page.bytes(), PAGE_HEAD, (int) Math.min(length, wanted - out.size()));
        number = page.u32(16);
      }
      return out.toByteArray();
    }

    private UnreadableException malformed(String why) {
      return Metadata.malformed(file, why);
    }
  }
}
