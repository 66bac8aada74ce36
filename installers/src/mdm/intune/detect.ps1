# Detection rule of the Win32 app in Intune: installed in at least this version, and its service runs.
# Intune takes exit code 0 with something on standard output as "detected", all else as not.
$wanted = [version]'0.1.0'
$key = 'HKLM:\SOFTWARE\Interdict\Agent'
$version = (Get-ItemProperty -Path $key -Name Version -ErrorAction SilentlyContinue).Version
if (-not $version) { exit 1 }
if ([version]($version -replace '-.*$', '') -lt $wanted) { exit 1 }
$service = Get-Service -Name InterdictAgent -ErrorAction SilentlyContinue
if (-not $service -or $service.Status -ne 'Running') { exit 1 }
Write-Output "Interdict Agent $version"
exit 0
