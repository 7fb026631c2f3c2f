'use client';

import { ScanOutlined } from '@ant-design/icons';
import { Alert, Button, Modal } from 'antd';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import styles from '../FormView.module.css';

const LOOK_EVERY_MS = 200;
const never = () => () => {};

/** Reads a code with the camera, where the browser can. Who cannot, types. */
export function ScanCode({ onRead }: { readonly onRead: (text: string) => void }) {
  const t = useTranslations('form');
  const [isOpen, setIsOpen] = useState(false);
  const canScan = useSyncExternalStore(
    never,
    () => 'BarcodeDetector' in window && navigator.mediaDevices !== undefined,
    () => false,
  );
  if (!canScan) return null;
  const read = (text: string) => {
    setIsOpen(false);
    onRead(text);
  };
  return (
    <>
      <Button icon={<ScanOutlined />} onClick={() => setIsOpen(true)}>
        {t('scanCode')}
      </Button>
      <Modal open={isOpen} title={t('scanCode')} footer={null} destroyOnHidden onCancel={() => setIsOpen(false)}>
        <Camera onRead={read} />
      </Modal>
    </>
  );
}

function Camera({ onRead }: { readonly onRead: (text: string) => void }) {
  const t = useTranslations('form');
  const video = useRef<HTMLVideoElement>(null);
  const [isRefused, setIsRefused] = useState(false);
  const told = useRef(onRead);
  told.current = onRead;
  useEffect(() => {
    const shown = video.current;
    if (!shown) return;
    let isOver = false;
    let stream: MediaStream | null = null;
    const detector = new BarcodeDetector({ formats: ['qr_code'] });
    const look = async (): Promise<void> => {
      while (!isOver) {
        // Before the first picture there is nothing to look at.
        const [found] = shown.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? await detector.detect(shown) : [];
        if (isOver) return;
        if (found) return told.current(found.rawValue);
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      }
    };
    navigator.mediaDevices
      .getUserMedia({ video: { facingMode: 'environment' } })
      .then(async (given) => {
        stream = given;
        if (isOver) return stop(given);
        shown.srcObject = given;
        await shown.play();
        await look();
      })
      .catch(() => setIsRefused(true));
    return () => {
      isOver = true;
      if (stream) stop(stream);
    };
  }, []);
  if (isRefused) return <Alert type="warning" showIcon title={t('cameraRefused')} />;
  return <video ref={video} className={styles.camera} muted playsInline aria-label={t('scanCode')} />;
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
