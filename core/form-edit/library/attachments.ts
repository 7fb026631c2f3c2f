/** G-ATT: records, reports and images. */
import { files, group, long, studies, videos } from './field-kinds.ts';

export const ATTACHMENTS = group('attachments', '附件 | Attachments', [
  files('recordFiles', '病历资料 | Records'),
  files('reports', '检查检验报告 | Reports'),
  studies('images', '影像检查 | Image studies'),
  studies('pathologySlides', '数字病理切片 | Pathology slides'),
  videos('video', '视频 | Video'),
  long('notes', '逐个文件的说明 | Notes on the files'),
]);
