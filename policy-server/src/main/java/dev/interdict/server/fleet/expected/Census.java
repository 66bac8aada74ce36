package dev.interdict.server.fleet.expected;

/// How the company's list and the devices that enrolled fit together.
///
/// @param expected entries in use; each is either enrolled or not
/// @param enrolled entries that a device counts as
/// @param notEnrolled entries in use that none counts as
/// @param stock entries that are not handed out yet
/// @param onNoList devices that count and are on no list; 0 without a list
/// @param waiting devices that wait for approval
/// @param retired entries and devices without one that are retired
/// @param heardRetired retired, refused and superseded devices that were heard since
public record Census(
    long expected,
    long enrolled,
    long notEnrolled,
    long stock,
    long onNoList,
    long waiting,
    long retired,
    long heardRetired) {}
