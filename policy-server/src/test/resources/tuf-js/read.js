// Reads targets with tuf-js: STATE-FOLDER REPOSITORY-URL TARGET...
// Prints a line for each: its content in base64, or "none". Fails where tuf-js refuses.
const { Updater } = require('tuf-js');
const fs = require('fs');
const path = require('path');

async function main([state, url, ...targets]) {
  const targetDir = path.join(state, 'contents');
  fs.mkdirSync(targetDir, { recursive: true });
  const updater = new Updater({
    metadataDir: state,
    metadataBaseUrl: url,
    targetDir,
    targetBaseUrl: url + '/targets',
    config: { fetchRetry: 0 },
  });
  await updater.refresh();
  for (const target of targets) {
    const info = await updater.getTargetInfo(target);
    if (!info) {
      console.log('none');
      continue;
    }
    const file = (await updater.findCachedTarget(info)) ?? (await updater.downloadTarget(info));
    console.log(fs.readFileSync(file).toString('base64'));
  }
}

main(process.argv.slice(2)).catch((error) => {
  console.error(String(error));
  process.exit(1);
});
