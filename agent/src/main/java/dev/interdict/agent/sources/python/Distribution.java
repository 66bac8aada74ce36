package dev.interdict.agent.sources.python;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.identity.PackageUrl;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One installed distribution, as its record in a folder of packages tells it.
///
/// @param record its `.dist-info`, `.egg-info` or `.egg`
/// @param files what the installer put down; null where nothing says so, and then nothing but the
///   record is known to be its own
/// @param claims names in the folder of packages that may be its own though no list of files says
///   so: nobody else may claim them alone
/// @param installer the first word of what installed it; null where nothing says so
/// @param editable whether it only leads to its developer's own folder
/// @param whole whether the record holds all of it, as an `.egg` does
record Distribution(
    BytePath record,
    FileId id,
    FileKind kind,
    CoreMetadata metadata,
    @Nullable InstalledFiles files,
    List<String> claims,
    @Nullable String installer,
    boolean editable,
    boolean whole) {

  PackageUrl purl() {
    var purl = PackageUrl.of("pypi", "", metadata.name());
    var version = metadata.version();
    return version == null ? purl : purl.withVersion(version);
  }

  /// Whether it goes by that name (PEP 503).
  boolean named(@Nullable String name) {
    return name != null
        && CoreMetadata.validName(name)
        && PackageUrl.of("pypi", "", name).name().equals(purl().name());
  }
}
