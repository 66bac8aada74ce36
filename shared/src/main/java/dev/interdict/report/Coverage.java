package dev.interdict.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How much of the device the last scan saw. Only a scan without gaps can make a rule `clear` or
/// `removed`: a gap is something that may hide it, so what cannot hide software (a closed proc
/// entry, a swap file) is no gap.
///
/// @param scannedAt when the last finished scan ended; null if none ever did
/// @param supported false where this device cannot be scanned at all
/// @param gaps what the scan did not see
public record Coverage(@Nullable Instant scannedAt, boolean supported, List<ReportedGap> gaps) {
  public Coverage {
    gaps = List.copyOf(gaps);
  }

  /// Whether the device was scanned and nothing was left out.
  public boolean whole() {
    return supported && scannedAt != null && gaps.isEmpty();
  }
}
