import { address } from '../live/address';

/** Why a file did not arrive, in the service's words where it said some. */
export class UploadFailed extends Error {}

/** Sends a file; `onShare` hears how much of it is there, 0 to 1. Tells where it lies in the data folder. */
export function upload(file: File, onShare: (share: number) => void, stop: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    // fetch tells nothing of what has been sent so far.
    const request = new XMLHttpRequest();
    request.open('POST', new URL('import/upload', address.graphql));
    request.responseType = 'json';
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const answer: unknown = request.response;
      const told = typeof answer === 'object' && answer !== null ? (answer as { path?: unknown; message?: unknown }) : {};
      if (request.status === 200 && typeof told.path === 'string') resolve(told.path);
      else reject(new UploadFailed(typeof told.message === 'string' ? told.message : ''));
    };
    request.onerror = () => reject(new UploadFailed(''));
    request.onabort = () => reject(new DOMException('stopped', 'AbortError'));
    stop.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
